import { z } from "zod";
import { FieldProblem } from "../errors/problem.ts";
import { Slug } from "../ids/names.ts";
import { ENTITY_KIND_NAMES, type EntityKind } from "./entity_kinds.ts";

/** What is to become of interactions that a change would leave without a queue or agent. */
export const StrandResolution = z.object({
  /** Contacts of these queues move to another one: queue id by queue id. */
  moveTo: z.record(Slug, Slug).default({}),
  /** Waiting contacts no longer ask for skills that are taken away. */
  dropRequirements: z.boolean().default(false),
});
export type StrandResolution = z.infer<typeof StrandResolution>;

/** Interactions that a change would leave where nobody can serve them. */
export const Stranded = z.object({
  reason: z.enum([
    "queue_deleted",
    "queue_kind_changed",
    "skill_deleted",
    "skill_changed",
    "no_team_left",
    "agent_deleted",
    "agent_moved",
  ]),
  /** The entity by whose change they would be stranded. */
  kind: z.enum(["queues", "skills", "agents"]),
  id: Slug,
  /** How many interactions there are. */
  count: z.number().int().positive(),
  /** The first hundred of them. */
  interactionIds: z.array(z.string()),
});
export type Stranded = z.infer<typeof Stranded>;

/** A field before and after a change; one of them is missing where the field was or will be. */
export const FieldChange = z.object({
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** One entity that a plan would change. */
export const PlannedChange = z.object({
  action: z.enum(["create", "update", "delete"]),
  kind: z.enum(ENTITY_KIND_NAMES as [EntityKind, ...EntityKind[]]),
  id: z.string(),
  fields: z.array(FieldChange),
});
export type PlannedChange = z.infer<typeof PlannedChange>;

/** What applying a document would do now. */
export const ConfigurationPlan = z.object({
  /** The revision it was compared with. */
  revision: z.number().int().nonnegative(),
  summary: z.object({
    create: z.number().int().nonnegative(),
    update: z.number().int().nonnegative(),
    delete: z.number().int().nonnegative(),
  }),
  /** In the order in which they would be carried out; the first ten thousand. */
  changes: z.array(PlannedChange),
  /** What is wrong with the document: it would be refused. */
  problems: z.array(FieldProblem),
  /** What would be stranded: it would be refused unless a destination is given. */
  stranded: z.array(Stranded),
});
export type ConfigurationPlan = z.infer<typeof ConfigurationPlan>;

/** What applying a document came to. */
export const AppliedConfiguration = z.object({
  /** The tenant's revision that has the document. */
  revision: z.number().int().nonnegative(),
});
export type AppliedConfiguration = z.infer<typeof AppliedConfiguration>;
