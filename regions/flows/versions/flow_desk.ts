import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type {
  FlowProblem,
  FlowSummary,
  FlowValidation,
  FlowVersion,
  PublishRequest,
} from "../../../protocol/flow/flow_versions.ts";
import type { ConfigurationEditor } from "../../configuration/configuration_editor.ts";
import { type ConfigurationIndex, versionKey } from "../../configuration/configuration_index.ts";
import { type EntityKey, findKey } from "../../configuration/entities/entity_key.ts";
import { findEntity } from "../../configuration/entities/find_entity.ts";
import { replaceEntity } from "../../configuration/entities/replace_entity.ts";
import { fieldsInvalid } from "../../configuration/fields_invalid.ts";
import { isStorable } from "../../configuration/unstorable_entities.ts";
import { canonicalJson } from "../../tenants/snapshot/canonical_json.ts";
import type { TenantRunner } from "../../tenants/tenant_runner.ts";
import { validateFlow } from "../validation/validate_flow.ts";
import { type FlowDraft, FlowDrafts } from "./flow_drafts.ts";
import { FlowHistory } from "./flow_history.ts";
import { type FlowQuery, listFlows, summariesOf } from "./list_flows.ts";

/** What {@linkcode FlowDesk} needs. */
export interface FlowDeskPorts {
  editor: ConfigurationEditor;
  runner: TenantRunner;
  /** Who works with the flows. */
  personId: string;
  newId: () => string;
}

/** What was published. */
export interface Published {
  version: FlowVersion;
  configuration: ConfigurationIndex;
  /** By an earlier request with the same key. */
  replayed: boolean;
}

/** What stands in the place of a flow's id in addresses. */
const ADDRESSES = new Set(["import", "schema", "templates"]);

/** One person's work with their tenant's flows: drafts, publishing, versions. */
export class FlowDesk {
  readonly drafts: FlowDrafts;
  readonly history: FlowHistory;

  constructor(readonly ports: FlowDeskPorts) {
    const { db } = ports.editor.ports;
    const { tenantId } = ports.runner.ports;
    this.drafts = new FlowDrafts(db, tenantId);
    this.history = new FlowHistory(db, tenantId);
  }

  get configuration(): ConfigurationIndex {
    return this.ports.runner.configuration;
  }

  /** A page of flows, published ones and drafts. */
  async list(query: FlowQuery): Promise<{ items: FlowSummary[]; next: string | null }> {
    return await listFlows(this, query);
  }

  /** @throws AntiphonError `not_found` */
  async summary(id: string): Promise<FlowSummary> {
    const [summary] = await summariesOf(this, [id]);
    if (!summary) throw new AntiphonError("not_found", "There is no such flow");
    return summary;
  }

  /** What contacts get now; undefined for a flow that is not published. */
  published(id: string): FlowDocument | undefined {
    return findEntity(this.configuration.document, "flows", id) as FlowDocument | undefined;
  }

  /** The configuration's revision that changed a flow last; 0 for one that is not published. */
  revision(id: string, { stored }: ConfigurationIndex = this.configuration): number {
    return stored.versions.get(versionKey("flows", id)) ?? 0;
  }

  /** @throws AntiphonError `not_found` */
  async draft(id: string): Promise<FlowDraft> {
    const draft = await this.drafts.find(id);
    if (!draft) throw new AntiphonError("not_found", "The flow has no draft");
    return draft;
  }

  /**
   * Keeps drafts of flows that have none, all or nothing. Returns their tags.
   * @throws AntiphonError `conflict`, `invalid_request`
   */
  async addDrafts(documents: readonly FlowDocument[], replace = false): Promise<string[]> {
    const writes = documents.map((document) => this.#write(document));
    await this.drafts.add(writes, replace);
    return writes.map(({ tag }) => tag);
  }

  /** Replaces the draft that has a tag; returns the new one. @throws AntiphonError */
  async replaceDraft(was: string, document: FlowDocument): Promise<string> {
    const write = this.#write(document);
    await this.drafts.replace(was, write);
    return write.tag;
  }

  /** What is wrong with a flow as part of what is published now. */
  validate(document: FlowDocument): FlowValidation {
    const problems = validateFlow(document, this.configuration.document);
    return { valid: problems.every(({ severity }) => severity !== "error"), problems };
  }

  /**
   * Makes a draft what contacts get from now on; the draft is gone then. A repeat with the same key
   * is answered as the first time.
   *
   * @param expects Looks at the draft, and throws if it is not what the caller thinks.
   * @throws AntiphonError `not_found`, `invalid_request` naming what is wrong with it,
   * `would_strand`, `idempotency_key_reused`, and whatever `expects` throws
   */
  async publish(
    id: string,
    { comment, allowWarnings }: PublishRequest,
    expects: (draft: FlowDraft) => void,
    key?: string,
  ): Promise<Published> {
    const { editor } = this.ports;
    const claim = key === undefined ? undefined : {
      key,
      fingerprint: editor.ports.sealer.fingerprint(
        canonicalJson(["publish", id, comment, allowWarnings]),
      ),
    };
    const before = claim &&
      await findKey(editor.ports.db, this.drafts.tenantId, claim, editor.ports.now());
    const version = before && await this.history.atRevision(id, before.version);
    if (version) return { version, configuration: this.configuration, replayed: true };
    const draft = await this.draft(id);
    expects(draft);
    refuse(this.validate(draft.document).problems, allowWarnings);
    const keyed = claim && { ...claim, kind: "flows" as const, id };
    const published = await this.#store(draft.document, comment, () => {}, keyed);
    // One that is changed meanwhile stays; what remains after a crash differs in nothing.
    await this.drafts.remove(id, draft.tag);
    return published;
  }

  /**
   * Makes an earlier version what contacts get from now on, as a new version.
   *
   * @param expects Looks at the revision of what is there, and throws if the caller thinks otherwise.
   * @throws AntiphonError `not_found`, `invalid_request`, `would_strand`, and what `expects` throws
   */
  async rollback(
    id: string,
    number: number,
    comment: string,
    expects: (revision: number) => void,
  ): Promise<Published> {
    const { document } = await this.history.find(id, number);
    expects(this.revision(id));
    refuse(this.validate(document).problems, true);
    return await this.#store(document, comment, (now) => expects(this.revision(id, now)));
  }

  /** A flow as it is published, as its draft has it, or as a version had it. */
  async documentOf(id: string, source: "published" | "draft" | number): Promise<FlowDocument> {
    if (typeof source === "number") return (await this.history.find(id, source)).document;
    if (source === "draft") return (await this.draft(id)).document;
    const document = this.published(id);
    if (!document) throw new AntiphonError("not_found", "The flow is not published");
    return document;
  }

  async #store(
    document: FlowDocument,
    comment: string,
    expects: (now: ConfigurationIndex) => void,
    keyed?: EntityKey,
  ): Promise<Published> {
    const { editor, personId, runner } = this.ports;
    const { id } = document;
    const options = { keyed, by: personId, comment };
    const { tenantId } = runner.ports;
    const configuration = await replaceEntity(
      editor,
      tenantId,
      "flows",
      document,
      expects,
      options,
    );
    const version = (await this.history.latest([id])).get(id);
    if (!version) throw new AntiphonError("internal", "The flow was stored without a version");
    return { version, configuration, replayed: false };
  }

  #write(document: FlowDocument) {
    if (!isStorable(document)) {
      const message = "Take out control characters";
      throw fieldsInvalid([{ path: "", code: "text_not_storable", message }]);
    }
    if (ADDRESSES.has(document.id)) {
      throw fieldsInvalid([{ path: "id", message: `"${document.id}" is an address of its own` }]);
    }
    const { editor, personId, newId } = this.ports;
    return { document, tag: newId(), author: personId, at: editor.ports.now() };
  }
}

function refuse(problems: readonly FlowProblem[], allowWarnings: boolean): void {
  const refused = problems.filter(({ severity }) => !allowWarnings || severity === "error");
  if (refused.length > 0) throw fieldsInvalid([...refused]);
}
