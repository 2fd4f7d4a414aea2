import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../../regions/tenants/snapshot/canonical_json.ts";

/** What one life of the cell tells its parent, a line each. */
export const LifeReport = z.discriminatedUnion("type", [
  /** Its modules are loaded; it waits for its order on standard input. */
  z.object({ type: z.literal("loaded") }),
  /** It owns the log and has read it. */
  z.object({ type: z.literal("ready") }),
  /** A command is about to be submitted. */
  z.object({ type: z.literal("sent"), tenantId: z.string(), id: z.string(), command: z.unknown() }),
  /** A repeated command was answered. */
  z.object({ type: z.literal("repeated"), id: z.string() }),
  /** A unit is durable: this is its acknowledgement. */
  z.object({
    type: z.literal("acknowledged"),
    tenantId: z.string(),
    /** Null for what was not a command, such as a deadline. */
    id: z.string().nullable(),
    firstSeq: z.number(),
    /** A digest of each event. */
    events: z.array(z.string()),
    effects: z.number(),
  }),
  /** These effects were taken by whoever they are for. */
  z.object({ type: z.literal("delivered"), ids: z.array(z.string()) }),
]);
export type LifeReport = z.infer<typeof LifeReport>;

/** A command that is submitted again under its id. */
export const Repeat = z.object({ tenantId: z.string(), id: z.string(), command: z.unknown() });
export type Repeat = z.infer<typeof Repeat>;

/** What a life is told on standard input, in one line. */
export const LifeOrder = z.object({
  url: z.string(),
  tenantIds: z.array(z.string()),
  seed: z.number(),
  snapshotEvery: z.number(),
  /** Commands under way at once in each tenant. */
  drivers: z.number(),
  repeats: z.array(Repeat),
  /** Ends by itself, cleanly, once the repeats are answered. */
  graceful: z.boolean(),
});
export type LifeOrder = z.infer<typeof LifeOrder>;

/** A short digest of an event, whatever the order of its members. */
export function digestOf(event: unknown): string {
  return createHash("sha256").update(canonicalJson(event)).digest("base64url").slice(0, 16);
}
