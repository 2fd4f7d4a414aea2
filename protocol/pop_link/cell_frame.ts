import { z } from "zod";
import { Epoch, Uuid } from "../ids/names.ts";
import { CallCommand } from "./call_command.ts";

/**
 * Frames from a cell to a PoP. A command is repeated until its result came; the PoP carries out a
 * `commandId` once and refuses an epoch older than the newest it has seen from that cluster.
 */
export const CellFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("welcome"),
    epoch: Epoch,
    /** The last event of this boot that the cell has committed; 0 for none. */
    lastSeq: z.number().int().nonnegative(),
  }),
  z.object({
    type: z.literal("command"),
    commandId: z.string().min(1).max(128),
    epoch: Epoch,
    tenantId: Uuid,
    callId: Uuid,
    command: CallCommand,
  }),
  /** All events up to `seq` are committed. */
  z.object({ type: z.literal("ack"), seq: z.number().int().positive() }),
  z.object({ type: z.literal("pong") }),
]);
export type CellFrame = z.infer<typeof CellFrame>;
