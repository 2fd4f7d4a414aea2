import { type Kysely, type Selectable, sql } from "kysely";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { CellTables } from "../../database/cell_tables.ts";

/** Drafts that a tenant may have. */
const MOST_DRAFTS = 1000;

/** What is known of a draft without reading it. */
export interface DraftFacts {
  id: string;
  name: string;
  kind: "voice" | "digital";
  tag: string;
  author: string;
  updatedAt: number;
}

/** A flow that somebody is working on. */
export interface FlowDraft {
  document: FlowDocument;
  /** Another one with every change. */
  tag: string;
  author: string;
  updatedAt: number;
}

/** A document to be kept as a draft. */
export interface DraftWrite {
  document: FlowDocument;
  tag: string;
  author: string;
  at: number;
}

/** A tenant's drafts of flows: anything of the shape of a flow, whether it can run or not. */
export class FlowDrafts {
  constructor(readonly db: Kysely<CellTables>, readonly tenantId: string) {}

  /** What drafts there are, in order of ids. */
  async list(): Promise<DraftFacts[]> {
    const rows = await this.db.selectFrom("cell.flow_drafts")
      .select(["flow_id", "tag", "author", "updated_at"])
      .select(sql<string>`document ->> 'name'`.as("name"))
      .select(sql<"voice" | "digital">`document ->> 'kind'`.as("kind"))
      .where("tenant_id", "=", this.tenantId).execute();
    return rows.map(({ flow_id: id, updated_at, ...rest }) => ({
      ...rest,
      id,
      updatedAt: Number(updated_at),
    })).sort((a, b) => a.id < b.id ? -1 : 1);
  }

  async find(flowId: string): Promise<FlowDraft | undefined> {
    const row = await this.db.selectFrom("cell.flow_drafts").selectAll()
      .where("tenant_id", "=", this.tenantId).where("flow_id", "=", flowId).executeTakeFirst();
    return row && draftOf(row);
  }

  /** The drafts of some flows, by flow id. */
  async findAll(flowIds: readonly string[]): Promise<Map<string, FlowDraft>> {
    if (flowIds.length === 0) return new Map();
    const rows = await this.db.selectFrom("cell.flow_drafts").selectAll()
      .where("tenant_id", "=", this.tenantId).where("flow_id", "in", [...flowIds]).execute();
    return new Map(rows.map((row) => [row.flow_id, draftOf(row)]));
  }

  /**
   * Keeps drafts of flows that have none, all or nothing.
   *
   * @param replace Puts them in the place of those there are.
   * @throws AntiphonError `conflict` for a flow that has one, and for more than a thousand
   */
  async add(writes: readonly DraftWrite[], replace = false): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      for (const { document, tag, author, at } of writes) {
        const values = { tag, document, author, updated_at: at };
        const made = await tx.insertInto("cell.flow_drafts")
          .values({ tenant_id: this.tenantId, flow_id: document.id, ...values })
          .onConflict((c) =>
            replace ? c.columns(["tenant_id", "flow_id"]).doUpdateSet(values) : c.doNothing()
          )
          .returning("flow_id").execute();
        if (made.length > 0) continue;
        throw new AntiphonError("conflict", `The flow "${document.id}" has a draft already`);
      }
      const { count } = await tx.selectFrom("cell.flow_drafts")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .where("tenant_id", "=", this.tenantId).executeTakeFirstOrThrow();
      if (Number(count) <= MOST_DRAFTS) return;
      throw new AntiphonError("conflict", `Publish or delete some of ${MOST_DRAFTS} drafts first`);
    });
  }

  /** Replaces the draft that has a tag. @throws AntiphonError `precondition_failed` */
  async replace(was: string, { document, tag, author, at }: DraftWrite): Promise<void> {
    const { numUpdatedRows } = await this.db.updateTable("cell.flow_drafts")
      .set({ tag, document, author, updated_at: at })
      .where("tenant_id", "=", this.tenantId).where("flow_id", "=", document.id)
      .where("tag", "=", was).executeTakeFirst();
    if (Number(numUpdatedRows) > 0) return;
    throw new AntiphonError(
      "precondition_failed",
      "It was changed meanwhile: read it and try again",
    );
  }

  /** Deletes the draft that has a tag, if it still has. */
  async remove(flowId: string, tag: string): Promise<boolean> {
    const { numDeletedRows } = await this.db.deleteFrom("cell.flow_drafts")
      .where("tenant_id", "=", this.tenantId).where("flow_id", "=", flowId)
      .where("tag", "=", tag).executeTakeFirst();
    return Number(numDeletedRows) > 0;
  }
}

function draftOf(row: Selectable<CellTables["cell.flow_drafts"]>): FlowDraft {
  const { tag, author, updated_at } = row;
  return {
    ...{ tag, author, updatedAt: Number(updated_at) },
    document: FlowDocument.parse(row.document),
  };
}
