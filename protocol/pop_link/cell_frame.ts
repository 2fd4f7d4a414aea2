import { z } from "zod";
import { Epoch, Uuid } from "../ids/names.ts";
import { CallCommand } from "./call_command.ts";

/**
 * Frames from a cell to a PoP. A command is repeated until its result came; the PoP carries out a
 * `commandId` once and refuses an epoch older than the newest it has seen from that cluster, and
 * any command from a cell that is not the one it follows.
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
  /** Answers hello where the cluster is not active. The socket stays; `come` may follow. */
  z.object({
    type: z.literal("standby"),
    /** A signed `ClusterNotice` of where it is active, if that is known here. */
    notice: z.string().max(2_048).nullable(),
  }),
  /** The cluster has become active here: say hello anew. */
  z.object({ type: z.literal("come") }),
]);
export type CellFrame = z.infer<typeof CellFrame>;
