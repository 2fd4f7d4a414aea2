import { z } from "zod";

/** Where an instance stands. */
export const Instance = z.object({
  id: z.string(),
  flowId: z.string(),
  activityId: z.string().nullable(),
  step: z.number(),
  deadline: z.number().nullable(),
  /** A digest of all that its flow knows. */
  digest: z.string(),
});
export type Instance = z.infer<typeof Instance>;

/** What a life tells, a line each. */
export const FlowLifeReport = z.discriminatedUnion("type", [
  z.object({ type: z.literal("loaded") }),
  /** Each of those there are, before one of the next three. */
  z.object({ type: z.literal("instance"), instance: Instance }),
  /** The tenant is there, so many milliseconds after the order. */
  z.object({ type: z.literal("ready"), ms: z.number() }),
  z.object({ type: z.literal("filled") }),
  /** A timer led an instance on: this is durable. */
  z.object({ type: z.literal("passed"), id: z.string(), at: z.number() }),
  /** Digits were answered with what is played next. */
  z.object({ type: z.literal("answered") }),
  /** Processor time used while nothing happened, in milliseconds. */
  z.object({ type: z.literal("idle"), ms: z.number(), processorMs: z.number() }),
]);
export type FlowLifeReport = z.infer<typeof FlowLifeReport>;

const Count = z.number().int().min(0);

/** What a life is told to do, a line each; `open` comes first. */
export const FlowLifeOrder = z.discriminatedUnion("do", [
  z.object({ do: z.literal("open"), url: z.string(), tenantId: z.string(), soon: z.number() }),
  /** So many callers come and wait. */
  z.object({ do: z.literal("fill"), soon: Count, long: Count, digits: Count }),
  /** Everybody who is asked for digits types some. */
  z.object({ do: z.literal("answer") }),
  z.object({ do: z.literal("idle"), ms: z.number() }),
]);
export type FlowLifeOrder = z.infer<typeof FlowLifeOrder>;
