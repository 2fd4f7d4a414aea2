import { answerStep } from "../flows/engine/answer_step.ts";
import { enterActivity } from "../flows/engine/enter_activity.ts";
import { openFlow } from "../flows/open_flow.ts";
import { startingVariables } from "../flows/starting_variables.ts";
import { endInteraction } from "../interactions/end_interaction.ts";
import { queueAgain } from "../interactions/queue_again.ts";
import { serviceLevelDue } from "../interactions/service_level_due.ts";
import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import { conversationKey } from "../tenants/tenant_state.ts";
import type { Transition } from "../tenants/transition.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

type Received = Extract<TenantCommand, { type: "message-received" }>;

/**
 * A contact wrote. The message joins the open conversation, or opens one at the asset's entry
 * point. Repeats were dropped before, by the provider's message id.
 * @throws AntiphonError `unknown_entity` when no entry point takes the asset's messages
 */
export function decideMessageReceived(t: Transition, command: Received): void {
  const key = conversationKey(command.assetId, command.contact);
  const open = t.state.interactions.get(t.state.conversations.get(key) ?? "");
  // What comes during wrap-up belongs to a new conversation: the agent has taken leave.
  if (open && open.phase !== "wrap-up") {
    if (open.phase !== "dormant") {
      add(t, open, command);
      const { messageId, text } = command;
      answerStep(t, open, open.flow.step, { type: "message", messageId, text });
      return;
    }
    if (t.configuration.queues.has(open.place!.queueId)) {
      add(t, open, command);
      return queueAgain(t, open);
    }
  }
  const opening = openingOf(t, command);
  if (open?.phase === "dormant") endInteraction(t, open, "queue-missing");
  const it = start(t, command, opening);
  add(t, it, command);
  enterActivity(t, it, t.configuration.flows.get(it.flow.version)!.start);
}

/** The entry point and flow of a new conversation. @throws AntiphonError `unknown_entity` */
function openingOf(t: Transition, { assetId }: Received) {
  const point = t.configuration.entryPointByAsset.get(assetId);
  const open = openFlow(t, point);
  if (point && open) return { point, ...open };
  throw new AntiphonError("unknown_entity", "Add an entry point for this asset", {
    data: { assetId },
  });
}

function start(
  t: Transition,
  command: Received,
  { point, flow, version }: ReturnType<typeof openingOf>,
): Interaction {
  const interactionId = t.context.newId();
  t.emit({
    type: "interaction.started",
    interactionId,
    channel: "whatsapp",
    entryPointId: point.id,
    contact: command.contact,
    contactName: command.contactName,
    address: command.assetId,
    assetId: command.assetId,
    flowId: flow.id,
    flowVersion: version,
    ...startingVariables(t.configuration.globalVariables, flow, {
      contactName: command.contactName ?? command.contact,
      contactAddress: command.contact,
      channel: "whatsapp",
      interactionId,
      entryPoint: point.id,
      language: t.configuration.settings.language,
    }),
    serviceLevel: serviceLevelDue(t, mediaOf("whatsapp")),
    virtual: null,
    call: null,
    idleUntil: idleUntil(t),
  });
  return t.state.interactions.get(interactionId)!;
}

function add(t: Transition, it: Interaction, command: Received): void {
  t.messages.push({
    id: command.messageId,
    interactionId: it.id,
    direction: "inbound",
    author: "contact",
    text: command.text,
    at: command.sentAt,
    status: "received",
    failure: null,
  });
  t.emit({
    type: "message.received",
    interactionId: it.id,
    messageId: command.messageId,
    providerMessageId: command.providerMessageId,
    idleUntil: idleUntil(t),
    responseDue: followUpDue(t, it),
  });
}

/** A contact who had a reply already is due the next one. */
function followUpDue(t: Transition, it: Interaction): number | null {
  const seconds = t.configuration.queues.get(it.place?.queueId ?? "")?.followUpSeconds;
  return it.firstResponseAt === null || seconds === undefined ? null : t.at + seconds * 1000;
}

function idleUntil(t: Transition): number {
  return t.at + t.configuration.settings.digitalIdleSeconds * 1000;
}
