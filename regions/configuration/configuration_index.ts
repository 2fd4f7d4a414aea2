import type { AgentConfiguration } from "../../protocol/configuration/agent_configuration.ts";
import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import type { Connector } from "../../protocol/configuration/connector.ts";
import type { EntityKind } from "../../protocol/configuration/entity_kinds.ts";
import { type EntryPoint, numbersOf } from "../../protocol/configuration/entry_point.ts";
import type { GlobalVariable } from "../../protocol/configuration/global_variable.ts";
import type { MultimediaProfile } from "../../protocol/configuration/multimedia_profile.ts";
import type { Prompt } from "../../protocol/configuration/prompt.ts";
import type { QueueConfiguration } from "../../protocol/configuration/queue_configuration.ts";
import type { Skill } from "../../protocol/configuration/skill.ts";
import type { SkillProfile } from "../../protocol/configuration/skill_profile.ts";
import type { Team } from "../../protocol/configuration/team.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { VirtualAgent } from "../../protocol/configuration/virtual_agent.ts";
import { type OpeningHours, openingHours } from "../hours/opening_hours.ts";

/** A tenant's configuration with its entities found by key in O(1). Made once per version. */
export interface ConfigurationIndex {
  readonly settings: TenantConfiguration["settings"];
  readonly document: TenantConfiguration;
  readonly agents: ReadonlyMap<string, AgentConfiguration>;
  readonly sites: ReadonlyMap<string, TenantConfiguration["sites"][number]>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly skills: ReadonlyMap<string, Skill>;
  readonly skillProfiles: ReadonlyMap<string, SkillProfile>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly virtualAgents: ReadonlyMap<string, VirtualAgent>;
  readonly multimediaProfiles: ReadonlyMap<string, MultimediaProfile>;
  readonly hours: ReadonlyMap<string, OpeningHours>;
  /** Sensitive ones with their sealed values. */
  readonly globalVariables: readonly GlobalVariable[];
  readonly prompts: ReadonlyMap<string, Prompt>;
  readonly queues: ReadonlyMap<string, QueueConfiguration>;
  readonly entryPointByNumber: ReadonlyMap<string, EntryPoint>;
  readonly entryPointByAsset: ReadonlyMap<string, EntryPoint>;
  readonly wrapUpCodes: ReadonlySet<string>;
  readonly idleCodes: ReadonlySet<string>;
  /** The version of each flow that new interactions begin with. */
  readonly flowVersions: ReadonlyMap<string, string>;
  /** Every flow version that a running instance may stand on. */
  readonly flows: ReadonlyMap<string, FlowDocument>;
  readonly stored: StoredMarks;
}

/** How a configuration is stored. */
export interface StoredMarks {
  /** Grows with every change; 0 before the first. */
  readonly revision: number;
  /** The revision that changed an entity last, by `versionKey`. */
  readonly versions: ReadonlyMap<string, number>;
  /** What the last change said of interactions, if the tenant's machine may not have done it. */
  readonly resolution: StrandResolution | null;
  /** Deleted queues, and those that contacts of flows begun before get into instead. */
  readonly redirects: Readonly<Record<string, string>>;
  /** What sensitive values are sealed with; null before the tenant has a key. */
  readonly sealKey: SealKey | null;
  /** Values of sensitive global variables, sealed, by id. */
  readonly sealedValues: ReadonlyMap<string, string>;
}

/** Key of an entity's version. */
export function versionKey(kind: EntityKind, id: string): string {
  return `${kind}/${id}`;
}

const NOT_STORED: StoredMarks = {
  revision: 0,
  versions: new Map(),
  resolution: null,
  redirects: {},
  sealKey: null,
  sealedValues: new Map(),
};

/**
 * Indexes a configuration.
 *
 * @param flowVersions Current version (content hash) of each flow, by flow id.
 * @param flows Flow documents by version, older ones included.
 * @param stored How it is stored; left out, it is not.
 */
export function indexConfiguration(
  document: TenantConfiguration,
  flowVersions: ReadonlyMap<string, string>,
  flows: ReadonlyMap<string, FlowDocument>,
  stored: StoredMarks = NOT_STORED,
): ConfigurationIndex {
  const byNumber = new Map<string, EntryPoint>();
  const byAsset = new Map<string, EntryPoint>();
  for (const point of document.entryPoints) {
    for (const number of numbersOf(point)) byNumber.set(number, point);
    if (point.channel !== "voice") byAsset.set(point.assetId, point);
  }
  const holidayLists = byId(document.holidayLists);
  return {
    settings: document.settings,
    document,
    agents: byId(document.agents),
    sites: byId(document.sites),
    teams: byId(document.teams),
    skills: byId(document.skills),
    skillProfiles: byId(document.skillProfiles),
    connectors: byId(document.connectors),
    virtualAgents: byId(document.virtualAgents),
    multimediaProfiles: byId(document.multimediaProfiles),
    hours: new Map(
      document.businessHours.map((hours) => [hours.id, openingHours(hours, holidayLists)]),
    ),
    globalVariables: document.globalVariables.map((variable) =>
      variable.sensitive
        ? { ...variable, value: stored.sealedValues.get(variable.id) ?? "" }
        : variable
    ),
    prompts: byId(document.prompts),
    queues: byId(document.queues),
    entryPointByNumber: byNumber,
    entryPointByAsset: byAsset,
    wrapUpCodes: new Set(document.wrapUpCodes.map((code) => code.id)),
    idleCodes: new Set(document.idleCodes.map((code) => code.id)),
    flowVersions,
    flows,
    stored,
  };
}

function byId<T extends { id: string }>(entities: readonly T[]): Map<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
