import type { Kysely, Selectable } from "kysely";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { FlowVersion } from "../../../protocol/flow/flow_versions.ts";
import type { CellTables } from "../../database/cell_tables.ts";

/** Versions of flows that were published. */
export class FlowHistory {
  constructor(readonly db: Kysely<CellTables>, readonly tenantId: string) {}

  /** A page of a flow's versions, the newest first. */
  async list(flowId: string, limit: number, before = 2 ** 31 - 1): Promise<FlowVersion[]> {
    const rows = await this.#rows().where("flow_id", "=", flowId).where("number", "<", before)
      .orderBy("number", "desc").limit(limit).execute();
    return rows.map(versionOf);
  }

  /** The last version of each of some flows, by flow id. */
  async latest(flowIds: readonly string[]): Promise<Map<string, FlowVersion>> {
    if (flowIds.length === 0) return new Map();
    const rows = await this.#rows().where("flow_id", "in", [...flowIds]).distinctOn("flow_id")
      .orderBy("flow_id").orderBy("number", "desc").execute();
    return new Map(rows.map((row) => [row.flow_id, versionOf(row)]));
  }

  /** The version that came with a revision of the configuration. */
  async atRevision(flowId: string, revision: number): Promise<FlowVersion | undefined> {
    const row = await this.#rows().where("flow_id", "=", flowId)
      .where("revision", "=", String(revision)).executeTakeFirst();
    return row && versionOf(row);
  }

  /** A version with its document, as it was stored. @throws AntiphonError `not_found` */
  async find(
    flowId: string,
    number: number,
  ): Promise<{ version: FlowVersion; document: FlowDocument }> {
    const row = await this.#rows().where("flow_id", "=", flowId).where("number", "=", number)
      .executeTakeFirst();
    const stored = row && await this.db.selectFrom("cell.flow_versions").select("document")
      .where("tenant_id", "=", this.tenantId).where("version", "=", row.version)
      .executeTakeFirst();
    if (!stored) throw new AntiphonError("not_found", `The flow has no version ${number}`);
    return { version: versionOf(row), document: FlowDocument.parse(stored.document) };
  }

  #rows() {
    return this.db.selectFrom("cell.flow_history").selectAll()
      .where("tenant_id", "=", this.tenantId);
  }
}

function versionOf(row: Selectable<CellTables["cell.flow_history"]>): FlowVersion {
  return {
    flowId: row.flow_id,
    number: row.number,
    hash: row.version,
    revision: Number(row.revision),
    author: row.author,
    comment: row.comment,
    at: Number(row.at),
  };
}
