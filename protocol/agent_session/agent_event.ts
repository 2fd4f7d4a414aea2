import { z } from "zod";
import { Epoch, Slug, Uuid } from "../ids/names.ts";
import { Message } from "../interaction/message.ts";
import { AgentView, AssignmentView, DesktopSnapshot, OfferView } from "./agent_view.ts";

/** What happened, as one agent's desktop is told. Each carries the whole new object. */
export const AgentEvent = z.discriminatedUnion("type", [
  /** Replaces everything the desktop knew. */
  z.object({ type: z.literal("snapshot"), snapshot: DesktopSnapshot }),
  z.object({ type: z.literal("agent.changed"), agent: AgentView }),
  z.object({ type: z.literal("offer.made"), offer: OfferView }),
  z.object({
    type: z.literal("offer.ended"),
    offerId: Uuid,
    interactionId: Uuid,
    reason: z.enum(["accepted", "declined", "timed-out", "withdrawn"]),
  }),
  z.object({ type: z.literal("assignment.changed"), assignment: AssignmentView }),
  z.object({ type: z.literal("assignment.removed"), interactionId: Uuid }),
  /** A new message, or a new status of a known one. */
  z.object({ type: z.literal("message.changed"), message: Message }),
]);
export type AgentEvent = z.infer<typeof AgentEvent>;

/**
 * `POST /internal/agents/{tenantId}/{agentId}/events` at the edge, from the cell. The session
 * object keeps `deliveryId`s it has taken and drops repeats, and refuses an older epoch with
 * `stale_epoch`. Answered `{}`.
 */
export const AgentEventDelivery = z.object({
  tenantId: Uuid,
  agentId: Slug,
  epoch: Epoch,
  events: z.array(z.object({ deliveryId: z.string().min(1).max(128), event: AgentEvent })).min(1)
    .max(100),
});
export type AgentEventDelivery = z.infer<typeof AgentEventDelivery>;
