import { z } from "zod";
import { PopId, Slug, Uuid } from "../ids/names.ts";
import { PlacedCallEvent } from "./call_event.ts";

/** A softphone that is connected to a PoP. */
export const Softphone = z.object({ tenantId: Uuid, agentId: Slug });
export type Softphone = z.infer<typeof Softphone>;

/**
 * Frames from a PoP to a cell, over a WebSocket that the PoP opens to `/internal/pop-link` of each
 * of the cluster's addresses. The first is `hello` within 5 seconds, said anew when a standby asks
 * for it. Events are numbered from 1 within a boot, kept by the PoP until the cell has acknowledged
 * them, and go to the cell that welcomed it with the highest epoch. After a welcome the kept events
 * come first; the first `ping` behind them says that all is told. Between `hello` and its answer
 * there is no ping.
 */
export const PopFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    version: z.literal(1),
    popId: PopId,
    /** Service token with audience `cell:{clusterId}`. */
    token: z.string(),
    /** Made anew each time the PoP's process starts. */
    bootId: Uuid,
    /** Calls of this cluster's tenants that stand at the PoP now. */
    liveCalls: z.array(z.object({ tenantId: Uuid, callId: Uuid })),
    softphones: z.array(Softphone),
  }),
  z.object({
    type: z.literal("event"),
    seq: z.number().int().positive(),
    ...PlacedCallEvent.shape,
  }),
  /** The command was taken, or refused with a stable code. */
  z.object({
    type: z.literal("command-result"),
    commandId: z.string(),
    ok: z.boolean(),
    code: z.string().nullable(),
  }),
  z.object({ type: z.literal("softphone"), connected: z.boolean(), ...Softphone.shape }),
  z.object({ type: z.literal("ping") }),
]);
export type PopFrame = z.infer<typeof PopFrame>;
