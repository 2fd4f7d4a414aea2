import { z } from "zod";
import { Slug, Uuid } from "../ids/names.ts";
import { storableText } from "../text/storable_text.ts";

/** What an agent may ask for, from the desktop through the edge to the cell. */
export const AgentCommand = z.discriminatedUnion("type", [
  z.object({ type: z.literal("agent.set-state"), state: z.literal("available") }),
  z.object({ type: z.literal("agent.set-state-idle"), idleCode: Slug.nullable() }),
  z.object({ type: z.literal("agent.sign-out") }),
  z.object({ type: z.literal("offer.accept"), offerId: Uuid }),
  z.object({ type: z.literal("offer.decline"), offerId: Uuid }),
  /** Hangs up a call, or closes a digital conversation. Wrap-up follows. */
  z.object({ type: z.literal("interaction.end"), interactionId: Uuid }),
  z.object({ type: z.literal("interaction.wrap-up"), interactionId: Uuid, code: Slug }),
  /** Gives a silent contact more time before the conversation is taken off the agent. */
  z.object({ type: z.literal("interaction.extend-contact-idle"), interactionId: Uuid }),
  /** Changes a variable that agents may edit. */
  z.object({
    type: z.literal("interaction.set-variable"),
    interactionId: Uuid,
    variable: z.string().min(1).max(63),
    value: z.string().overwrite(storableText).max(4096),
  }),
  z.object({
    type: z.literal("message.send"),
    interactionId: Uuid,
    /** Made by the desktop; becomes the message's id, so that a repeat sends nothing twice. */
    messageId: Uuid,
    text: z.string().overwrite(storableText).trim().min(1).max(4096),
  }),
]);
export type AgentCommand = z.infer<typeof AgentCommand>;

/** `POST /internal/agent-commands` at the cell, from the edge. */
export const AgentCommandDelivery = z.object({
  tenantId: Uuid,
  agentId: Slug,
  /** Made by the desktop, unique per command; a repeat is answered as the first was. */
  commandId: Uuid,
  command: AgentCommand,
});
export type AgentCommandDelivery = z.infer<typeof AgentCommandDelivery>;

/**
 * `POST /internal/agent-presence` at the cell, from the edge: the agent's desktop is there, or has
 * been gone for longer than the grace time. Answered with a `DesktopSnapshot` when connected, with
 * `{}` when not.
 */
export const AgentPresence = z.object({
  tenantId: Uuid,
  agentId: Slug,
  edgeId: z.string().min(1).max(32),
  connected: z.boolean(),
});
export type AgentPresence = z.infer<typeof AgentPresence>;
