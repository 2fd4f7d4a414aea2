import { z } from "zod";
import { Slug } from "../ids/names.ts";
import { CallbackPolicy } from "./callback_policy.ts";
import { Named } from "./named.ts";

/** Refuses an empty list with a code, since a schema's own words have none. */
function filled<T extends z.ZodType>(list: z.ZodArray<T>): z.ZodArray<T> {
  return list.refine((items) => items.length > 0, {
    error: "Name at least one team",
    params: { code: "distribution_empty" },
  }).meta({ minItems: 1 });
}

/** A group of teams that joins the search for an agent once a contact has waited this long. */
export const DistributionGroup = z.object({
  afterSeconds: z.number().int().min(0).max(86_400),
  teamIds: filled(z.array(Slug).max(64)),
});

const Timer = z.number().int().min(10).max(30 * 86_400);

/** A line of waiting contacts and the rules by which agents are found for them. */
export const QueueConfiguration = Named.extend({
  kind: z.enum(["voice", "digital"]),
  /** Outbound queues hold contacts that the platform or an agent calls. */
  direction: z.enum(["inbound", "outbound"]).default("inbound"),
  /** Weighs against other queues for an agent who serves several: the higher is served first. */
  relativePriority: z.number().int().min(0).max(10).default(5),
  /** The longest available agent, or the one best at the skills asked for. */
  selection: z.enum(["longest-available", "best-available"]).default("longest-available"),
  /** Groups in order. A contact's search only ever widens. */
  distribution: filled(z.array(DistributionGroup).max(16)),
  /** Whether the agent accepts, or is given the contact at once. */
  acceptance: z.enum(["manual", "automatic"]).default("manual"),
  /** Whether an agent may decline; a declined contact goes back to its place. */
  declinable: z.boolean().default(true),
  /** Unanswered offers end after this (RONA); otherwise the tenant's times hold. */
  offerSeconds: z.number().int().min(3).max(600).optional(),
  /** A caller who waited this long moves to `overflowQueueId`, or is released without one. */
  maxWaitSeconds: z.number().int().min(10).max(86_400).optional(),
  overflowQueueId: Slug.optional(),
  businessHoursId: Slug.optional(),
  /** Voice: how those are called who are to be called. */
  callback: CallbackPolicy.prefault({}),
  /** Voice: calls are recorded from when an agent takes them, never, or as the flow says. */
  record: z.enum(["always", "never", "flow"]).default("flow"),
  /** Digital: time until the agent's first reply is due. */
  firstResponseSeconds: Timer.optional(),
  /** Digital: time until a reply to each later message is due. */
  followUpSeconds: Timer.optional(),
  /** Digital: a contact who is silent for this long is taken off the agent until they write. */
  contactIdle: z.object({
    seconds: Timer,
    /** How much longer the agent may make it, and how often. */
    extensionSeconds: Timer.default(600),
    maxExtensions: z.number().int().min(0).max(20).default(1),
  }).optional(),
});
export type QueueConfiguration = z.infer<typeof QueueConfiguration>;
