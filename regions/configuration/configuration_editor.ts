import type { Kysely } from "kysely";
import type {
  ConfigurationPlan,
  StrandResolution,
} from "../../protocol/configuration/configuration_plan.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import {
  type Entity,
  ENTITY_KINDS,
  LISTED_KINDS,
} from "../../protocol/configuration/entity_kinds.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { serially } from "../api/serially.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { TenantKeys } from "../secrets/tenant_keys.ts";
import type { AudioStore } from "../prompts/audio_store.ts";
import { missingAudio } from "../prompts/missing_audio.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { authoriseConnectors } from "./authorise_connectors.ts";
import { checkResolution } from "./check_resolution.ts";
import {
  type ConfigurationIndex,
  indexConfiguration,
  type StoredMarks,
  versionKey,
} from "./configuration_index.ts";
import { diffEntities, type EntityChange } from "./diff_entities.ts";
import { type EntityMaps, entityMaps } from "./entity_maps.ts";
import type { EntityKey } from "./entities/entity_key.ts";
import { findEntity } from "./entities/find_entity.ts";
import { fieldsInvalid } from "./fields_invalid.ts";
import { findProblems } from "./find_problems.ts";
import { loadStored } from "./load_configuration.ts";
import { newProblems } from "./new_problems.ts";
import { nextConfiguration } from "./next_configuration.ts";
import { planOf } from "./plan_of.ts";
import { secretChanges, type SecretRows } from "./secret_changes.ts";
import { type SplitDocument, splitSecrets } from "./split_secrets.ts";
import { strandedBy } from "./stranded_by.ts";
import { switchConfiguration } from "./switch_configuration.ts";
import { withoutStanding } from "./without_standing.ts";
import { unstorableEntities } from "./unstorable_entities.ts";
import { type ConfigurationWrite, writeConfiguration } from "./write_configuration.ts";

/** What {@linkcode ConfigurationEditor} needs. */
export interface ConfigurationEditorPorts {
  db: Kysely<CellTables>;
  sealer: Sealer;
  audio: Pick<AudioStore, "has">;
  log: Logger;
  now: () => number;
  timer: (ms: number, run: () => void) => () => void;
  tenants: {
    get(tenantId: string): Promise<TenantRunner | undefined>;
    /** Lets a tenant's runner decide by what is stored. */
    reconfigure(tenantId: string): Promise<void>;
  };
}

/** A configuration as somebody wants it. */
export interface ConfigurationEdit {
  /** All of it; passwords and tokens where they are to be set. */
  document: TenantConfiguration;
  resolution?: StrandResolution;
  /** Looks at the revision that is to be changed, and throws if it is not what the caller thinks. */
  expects?: (revision: number) => void;
  /** The entity that is made with an idempotency key. */
  keyed?: EntityKey;
  /** Problems that stand there already do not count: the edit is about something else. */
  tolerant?: boolean;
  /** Who makes it: a person's id, or a service's name. */
  by?: string;
  /** What they say of it: kept with the versions of flows that it makes. */
  comment?: string;
  /** What problems are answered with; `invalid_request` naming them, if left out. */
  refusal?: (problems: readonly FieldProblem[]) => AntiphonError;
}

/** What an edit is made on. */
interface Base {
  /** Undefined for a tenant without a configuration, or whose state cannot be read. */
  runner: TenantRunner | undefined;
  index: ConfigurationIndex;
  entities: EntityMaps;
}

const NO_RESOLUTION: StrandResolution = { moveTo: {}, dropRequirements: false };
const EMPTY = TenantConfiguration.parse({
  ...{ sites: [], teams: [], agents: [], queues: [], flows: [], entryPoints: [] },
  ...{ idleCodes: [], wrapUpCodes: [] },
});
/** Kinds of which a secret alone may change. */
const WITH_SECRETS = LISTED_KINDS.filter((kind) => "secretField" in ENTITY_KINDS[kind]);
const VARIABLES = "global-variables";
/** A switch that failed is tried again after this long, then ever less often. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/**
 * The one way by which tenants' configurations change; changes of one tenant go one after the
 * other. Each is checked as a whole, stored in one transaction, and only then decided by.
 *
 * A tenant's machine goes on deciding while a change is being stored, so what the change would
 * strand is looked for three times: before anything is written; before the transaction commits,
 * which then takes everything back; and in the very turn in which the machine switches. Whoever
 * slips in during the commit's own round trip is found there: the change is taken back by a
 * transaction of its own and refused, and the machine has never decided by it.
 */
export class ConfigurationEditor {
  readonly #keys: TenantKeys;
  readonly #inOrder = serially();
  /** Tenants whose machine may not decide by what is stored, with how to stop trying. */
  readonly #behind = new Map<string, () => void>();
  #closed = false;

  constructor(readonly ports: ConfigurationEditorPorts) {
    this.#keys = new TenantKeys(ports);
  }

  /**
   * Stores a whole document, also for a tenant that has none or whose state cannot be read.
   * Storing what is there already changes nothing, whatever the caller thinks is there.
   * @throws AntiphonError `invalid_request`, `would_strand`, `database_unavailable`, and whatever
   * `edit.expects` throws
   */
  async store(tenantId: string, edit: ConfigurationEdit): Promise<ConfigurationIndex> {
    return await this.#inOrder(tenantId, async () => {
      await this.#catchUp(tenantId);
      return await this.#change(tenantId, await this.#base(tenantId), edit);
    });
  }

  /**
   * Changes what is there. `edit` gets it and says what it is to be, or throws.
   * @throws AntiphonError as `store`, `unavailable` while the tenant cannot be read, and whatever
   * `edit` throws
   */
  async change(
    tenantId: string,
    edit: (current: ConfigurationIndex) => ConfigurationEdit,
  ): Promise<ConfigurationIndex> {
    return await this.#inOrder(tenantId, async () => {
      await this.#catchUp(tenantId);
      const runner = await this.ports.tenants.get(tenantId);
      if (!runner) throw new AntiphonError("unavailable", "The tenant has no configuration yet");
      const base = baseOf(runner);
      return await this.#change(tenantId, base, edit(base.index));
    });
  }

  /** What `store` would do now. Changes nothing. */
  async plan(tenantId: string, edit: ConfigurationEdit): Promise<ConfigurationPlan> {
    const base = await this.#base(tenantId);
    const { resolution = NO_RESOLUTION } = edit;
    const split = this.#split(edit, base.index);
    const { changes, secrets } = await this.#compare(tenantId, base, split);
    const { index } = nextConfiguration(base.index, split.open, changes, resolution);
    const { runner } = base;
    const problems = [
      ...withoutStanding(findProblems(split.open), base.index.document, split.open),
      ...unstorableEntities(split.open, changes),
      ...checkResolution(resolution, base.index.document, split.open),
      ...secrets.missing,
      ...await missingAudio(this.ports.audio, tenantId, base.index.document, split.open),
    ];
    return {
      revision: base.index.stored.revision,
      ...planOf(changes),
      problems,
      stranded: runner ? strandedBy(runner.state, base.index, index, resolution) : [],
    };
  }

  /**
   * Makes the next key that a tenant's sensitive values are sealed with. What was sealed before can
   * still be opened.
   */
  async rotateKey(tenantId: string): Promise<SealKey> {
    return await this.#inOrder(tenantId, async () => {
      const key = await this.#keys.rotate(tenantId);
      await this.ports.tenants.reconfigure(tenantId);
      this.ports.log.info("configuration.key-rotated", { tenantId, keyId: key.keyId });
      return key;
    });
  }

  /** Stops trying what failed. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#behind.values()) cancel();
    this.#behind.clear();
  }

  async #base(tenantId: string): Promise<Base> {
    const { db, log, tenants } = this.ports;
    try {
      const runner = await tenants.get(tenantId);
      if (runner) return baseOf(runner);
    } catch (error) {
      // What is stored may be the very reason; a whole document replaces it.
      log.warn("configuration.tenant-unread", { tenantId, error });
    }
    const stored = await loadStored(db, tenantId);
    const index = stored
      ? indexConfiguration(EMPTY, stored.flowVersions, stored.flows, stored)
      : indexConfiguration(EMPTY, new Map(), new Map());
    return { runner: undefined, index, entities: stored?.entities ?? new Map() };
  }

  #split({ document, by = "platform" }: ConfigurationEdit, before: ConfigurationIndex) {
    const { open, secrets } = splitSecrets(document);
    return { open: authoriseConnectors(open, before.document, by, this.ports.now()), secrets };
  }

  async #compare(tenantId: string, base: Base, split: SplitDocument) {
    const { db, sealer } = this.ports;
    const after = entityMaps(split.open);
    const differing = diffEntities(base.entities, after);
    const secrets = await secretChanges(db, sealer, this.#keys, tenantId, split, differing);
    const known = new Set(differing.map(({ kind, id }) => versionKey(kind, id)));
    const others = WITH_SECRETS.flatMap((kind) =>
      [...after.get(kind)!].filter(([id]) => {
        const key = versionKey(kind, id);
        return secrets.changed.has(key) && !known.has(key);
      }).map(([id, entity]): EntityChange => ({
        action: "update",
        kind,
        id,
        before: entity,
        after: entity,
      }))
    );
    return { changes: [...others, ...differing], secrets };
  }

  async #change(
    tenantId: string,
    base: Base,
    edit: ConfigurationEdit,
  ): Promise<ConfigurationIndex> {
    const { index: before, runner } = base;
    const { resolution = NO_RESOLUTION, refusal = fieldsInvalid } = edit;
    const split = this.#split(edit, before);
    const { changes, secrets } = await this.#compare(tenantId, base, split);
    if (changes.length > 0) edit.expects?.(before.stored.revision);
    const problems = [
      ...withoutStanding(
        edit.tolerant ? newProblems(before.document, split.open) : findProblems(split.open),
        before.document,
        split.open,
      ),
      ...checkResolution(resolution, before.document, split.open),
      ...unstorableEntities(split.open, changes),
      ...secrets.missing,
      ...await missingAudio(this.ports.audio, tenantId, before.document, split.open),
    ];
    if (problems.length > 0) throw refusal(problems);
    if (changes.length === 0) return before;

    const kept = isNeeded(resolution) ? resolution : null;
    const sealed = await secrets.seal();
    const { index: after, newFlows } = nextConfiguration(
      { ...before, stored: await this.#marks(tenantId, before, sealed) },
      split.open,
      changes,
      kept,
    );
    const refuseStranded = () => {
      if (runner) refuseStranding(runner, before, after, resolution);
    };
    refuseStranded();
    const write: ConfigurationWrite = {
      tenantId,
      base: before.stored.revision,
      changes,
      secrets: sealed,
      flowVersions: after.flowVersions,
      newFlows,
      resolution: kept,
      redirects: after.stored.redirects,
      keyed: edit.keyed && { ...edit.keyed, body: shownOf(after, edit.keyed) },
      ...{ by: edit.by ?? "platform", comment: edit.comment ?? "" },
      at: this.ports.now(),
    };
    const secretsBefore = await this.#write(write, refuseStranded);
    try {
      if (!runner) await this.ports.tenants.reconfigure(tenantId);
      else {
        await runner.load();
        // From here to the machine's decision on the change nothing else can be decided.
        refuseStranded();
        await switchConfiguration(this.ports.db, runner, after);
      }
    } catch (error) {
      if (error instanceof AntiphonError && error.code === "would_strand") {
        await this.#takeBack(base, write, secretsBefore);
      } else this.#fellBehind(tenantId);
      throw error;
    }
    this.ports.log.info("configuration.changed", {
      tenantId,
      revision: after.stored.revision,
      changes: changes.length,
    });
    return after;
  }

  /** How it is stored so far, with the values that are sealed now. */
  async #marks(
    tenantId: string,
    { stored }: ConfigurationIndex,
    { entities, entitySecrets }: SecretRows,
  ): Promise<StoredMarks> {
    const sealedValues = new Map(stored.sealedValues);
    for (const { kind, id } of entities) if (kind === VARIABLES) sealedValues.delete(id);
    for (const { kind, id, sealed } of entitySecrets) {
      if (kind === VARIABLES) sealedValues.set(id, sealed);
    }
    return {
      ...stored,
      sealedValues,
      sealKey: stored.sealKey ?? await this.#keys.current(tenantId),
    };
  }

  async #write(write: ConfigurationWrite, beforeCommit: () => void): Promise<SecretRows> {
    try {
      return await writeConfiguration(this.ports.db, write, beforeCommit);
    } catch (cause) {
      if (cause instanceof AntiphonError && cause.code !== "precondition_failed") throw cause;
      // It may be stored all the same, or something else is.
      this.#fellBehind(write.tenantId);
      if (cause instanceof AntiphonError) throw cause;
      throw new AntiphonError("database_unavailable", "It may not have been stored: try again", {
        cause,
      });
    }
  }

  /** Stores what was there before the machine could have decided by anything else. */
  async #takeBack(
    { index, runner }: Base,
    { tenantId, base, changes, by, comment, at }: ConfigurationWrite,
    secrets: SecretRows,
  ): Promise<void> {
    const back = changes.map((change): EntityChange => {
      const { kind, id } = change;
      if (change.action === "create") {
        return { action: "delete", kind, id, before: change.after };
      }
      if (change.action === "delete") {
        return { action: "create", kind, id, after: change.before };
      }
      return { action: "update", kind, id, before: change.after, after: change.before };
    });
    const { index: again } = nextConfiguration(
      { ...index, stored: { ...index.stored, revision: base + 1 } },
      index.document,
      back,
      null,
    );
    const flowVersions = index.flowVersions;
    try {
      await writeConfiguration(this.ports.db, {
        ...{ tenantId, base: base + 1, changes: back, secrets, flowVersions, at },
        ...{ by, comment, takesBack: true },
        ...{ newFlows: new Map(), resolution: null, redirects: again.stored.redirects },
      });
      runner!.configuration = { ...again, flowVersions };
    } catch (error) {
      this.ports.log.error("configuration.not-taken-back", { tenantId, error });
      this.#fellBehind(tenantId);
    }
  }

  #fellBehind(tenantId: string, attempt = 0): void {
    if (this.#closed) return;
    this.#behind.get(tenantId)?.();
    const wait = Math.min(FIRST_RETRY_MS * 2 ** attempt, LAST_RETRY_MS);
    const retry = async () => {
      try {
        await this.#inOrder(tenantId, () => this.#catchUp(tenantId));
      } catch (error) {
        this.ports.log.warn("configuration.behind", { tenantId, attempt, error });
        this.#fellBehind(tenantId, attempt + 1);
      }
    };
    this.#behind.set(tenantId, this.ports.timer(wait, retry));
  }

  /** Lets a tenant that fell behind decide by what is stored. */
  async #catchUp(tenantId: string): Promise<void> {
    if (!this.#behind.has(tenantId)) return;
    await this.ports.tenants.reconfigure(tenantId);
    this.#behind.get(tenantId)?.();
    this.#behind.delete(tenantId);
  }
}

/** An entity as it is shown, once it is stored. */
function shownOf({ document }: ConfigurationIndex, { kind, id }: EntityKey): Entity {
  return findEntity(document, kind, id)!;
}

function baseOf(runner: TenantRunner): Base {
  return {
    runner,
    index: runner.configuration,
    entities: entityMaps(runner.configuration.document),
  };
}

function isNeeded({ moveTo, dropRequirements }: StrandResolution): boolean {
  return dropRequirements || Object.keys(moveTo).length > 0;
}

function refuseStranding(
  runner: TenantRunner,
  before: ConfigurationIndex,
  after: ConfigurationIndex,
  resolution: StrandResolution,
): void {
  const stranded = strandedBy(runner.state, before, after, resolution);
  if (stranded.length === 0) return;
  throw new AntiphonError(
    "would_strand",
    "Contacts or agents would be left alone: say where they go, or wait until they are done",
    { data: { stranded } },
  );
}
