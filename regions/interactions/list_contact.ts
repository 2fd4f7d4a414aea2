import { holdBack } from "../callbacks/hold_back.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { placeInQueue } from "../queues/place_in_queue.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/** Someone who is to be called, and what is known of why. */
export type ListedContact =
  & Omit<Extract<TenantCommand, { type: "contact-listed" }>, "type">
  & { kind: "outbound" | "voicemail"; variables: Record<string, string> };

/**
 * Puts someone who is to be called into an outbound queue. An agent is found before the decision
 * ends.
 * @throws AntiphonError `unknown_entity` for a queue that is not there or not an outbound voice queue
 */
export function listContact(t: Transition, contact: ListedContact): Interaction {
  const { interactionId, queueId, number } = contact;
  const queue = t.configuration.queues.get(queueId);
  if (!queue || queue.direction !== "outbound" || queue.kind !== "voice") {
    throw new AntiphonError("unknown_entity", "Name one of the tenant's outbound voice queues", {
      data: { queueId },
    });
  }
  t.emit({
    type: "interaction.started",
    interactionId,
    channel: "voice",
    entryPointId: queue.id,
    contact: number,
    contactName: contact.contactName,
    address: number,
    assetId: null,
    flowId: "none",
    flowVersion: "none",
    variables: contact.variables,
    call: null,
    idleUntil: null,
    virtual: { kind: contact.kind, number },
    serviceLevel: { firstResponse: null, resolution: null },
    variableLists: { hidden: [], editable: [], reportable: [], sensitive: [] },
  });
  const it = t.state.interactions.get(interactionId)!;
  placeInQueue(t, it, queue, {
    priority: contact.priority,
    music: "hold-music",
    requirements: contact.requirements,
    relaxation: [],
    agentId: null,
    onUnavailable: null,
    keepsPlace: false,
    until: t.at + contact.withinSeconds * 1000,
  });
  if (contact.kind === "voicemail" || !holdBack(t, it)) t.seeking.push(it);
  return it;
}
