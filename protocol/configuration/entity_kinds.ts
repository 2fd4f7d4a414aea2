import type { z } from "zod";
import { FlowDocument } from "../flow/flow_document.ts";
import { AgentConfiguration } from "./agent_configuration.ts";
import { AssetSender } from "./asset_sender.ts";
import { BusinessHours } from "./business_hours.ts";
import { Connector } from "./connector.ts";
import { EntryPoint } from "./entry_point.ts";
import { GlobalVariable } from "./global_variable.ts";
import { HolidayList } from "./holiday_list.ts";
import { MultimediaProfile } from "./multimedia_profile.ts";
import { Named } from "./named.ts";
import { Prompt } from "./prompt.ts";
import { QueueConfiguration } from "./queue_configuration.ts";
import { Site } from "./site.ts";
import { Skill } from "./skill.ts";
import { SkillProfile } from "./skill_profile.ts";
import { Team } from "./team.ts";
import type { TenantConfiguration } from "./tenant_configuration.ts";
import { VirtualAgent } from "./virtual_agent.ts";

/** What is known of a kind of entities. */
export interface EntityKindFacts {
  /** Its list in the whole document. */
  key: Exclude<keyof TenantConfiguration, "settings">;
  schema: z.ZodType;
  /** The field that names an entity within its kind. */
  idField: "id" | "assetId";
  /** The field that may be written and is never shown. */
  secretField?: "password" | "accessToken" | "secret" | "authentication.secret" | "value";
  /** What people call one of them. */
  noun: string;
}

/**
 * The kinds of entities that a configuration has lists of, by their names in addresses, each after
 * those it refers to. The tenant's settings stand beside them as the one entity of kind "settings".
 */
export const ENTITY_KINDS = {
  "skills": { key: "skills", schema: Skill, idField: "id", noun: "skill" },
  "skill-profiles": {
    key: "skillProfiles",
    schema: SkillProfile,
    idField: "id",
    noun: "skill profile",
  },
  "multimedia-profiles": {
    key: "multimediaProfiles",
    schema: MultimediaProfile,
    idField: "id",
    noun: "multimedia profile",
  },
  "holiday-lists": {
    key: "holidayLists",
    schema: HolidayList,
    idField: "id",
    noun: "holiday list",
  },
  "business-hours": {
    key: "businessHours",
    schema: BusinessHours,
    idField: "id",
    noun: "business hours",
  },
  "sites": { key: "sites", schema: Site, idField: "id", noun: "site" },
  "teams": { key: "teams", schema: Team, idField: "id", noun: "team" },
  "agents": {
    key: "agents",
    schema: AgentConfiguration,
    idField: "id",
    secretField: "password",
    noun: "agent",
  },
  "queues": { key: "queues", schema: QueueConfiguration, idField: "id", noun: "queue" },
  "global-variables": {
    key: "globalVariables",
    schema: GlobalVariable,
    idField: "id",
    secretField: "value",
    noun: "global variable",
  },
  "connectors": {
    key: "connectors",
    schema: Connector,
    idField: "id",
    secretField: "authentication.secret",
    noun: "connector",
  },
  "virtual-agents": {
    key: "virtualAgents",
    schema: VirtualAgent,
    idField: "id",
    secretField: "secret",
    noun: "virtual agent",
  },
  "prompts": { key: "prompts", schema: Prompt, idField: "id", noun: "prompt" },
  "flows": { key: "flows", schema: FlowDocument, idField: "id", noun: "flow" },
  "asset-senders": {
    key: "assetSenders",
    schema: AssetSender,
    idField: "assetId",
    secretField: "accessToken",
    noun: "asset sender",
  },
  "entry-points": { key: "entryPoints", schema: EntryPoint, idField: "id", noun: "entry point" },
  "idle-codes": { key: "idleCodes", schema: Named, idField: "id", noun: "idle code" },
  "wrap-up-codes": { key: "wrapUpCodes", schema: Named, idField: "id", noun: "wrap-up code" },
} as const satisfies Record<string, EntityKindFacts>;

/** A kind that a configuration has a list of. */
export type ListedKind = keyof typeof ENTITY_KINDS;
/** A kind of entity. */
export type EntityKind = ListedKind | "settings";

/** The kinds that have lists, in the order of {@linkcode ENTITY_KINDS}. */
export const LISTED_KINDS = Object.keys(ENTITY_KINDS) as readonly ListedKind[];
/** All kinds; what one refers to stands before it. */
export const ENTITY_KIND_NAMES: readonly EntityKind[] = [...LISTED_KINDS, "settings"];

/** The id of the one entity of kind "settings". */
export const SETTINGS_ID = "settings";

/** Any entity, as JSON. */
export type Entity = Readonly<Record<string, unknown>>;

/** The entities of a kind in a document. */
export function entitiesOf(document: TenantConfiguration, kind: EntityKind): readonly Entity[] {
  if (kind === "settings") return [document.settings];
  return document[ENTITY_KINDS[kind].key];
}

/** An entity's id within its kind. */
export function entityIdOf(kind: EntityKind, entity: Entity): string {
  if (kind === "settings") return SETTINGS_ID;
  return entity[ENTITY_KINDS[kind].idField] as string;
}
