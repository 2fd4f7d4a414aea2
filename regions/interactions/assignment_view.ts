import type { AssignmentView } from "../../protocol/agent_session/agent_view.ts";
import { callbackView } from "../callbacks/callback_view.ts";
import type { Interaction, InteractionPhase } from "./interaction.ts";

const STATES: Partial<Record<InteractionPhase, AssignmentView["state"]>> = {
  dialling: "calling",
  connecting: "connecting",
  connected: "connected",
  interrupted: "connecting",
};

/** An interaction as the desktop of the agent who has it shows it. */
export function assignmentView(it: Interaction): AssignmentView {
  return {
    interactionId: it.id,
    channel: it.channel,
    contact: it.virtual?.number ?? it.call?.number ?? it.contact,
    contactName: it.contactName,
    queue: it.place && { id: it.place.queueId, name: it.place.queueName },
    state: STATES[it.phase] ?? "wrap-up",
    virtual: it.virtual?.kind ?? null,
    callback: callbackView(it),
    queuedAt: it.place?.queuedAt ?? null,
    connectedAt: it.connectedAt,
    responseDue: it.timers.responseDue,
    contactIdleAt: it.timers.contactIdleAt,
    serviceLevel: {
      firstResponseDue: it.firstResponseAt === null ? it.serviceLevel.firstResponse : null,
      resolutionDue: it.serviceLevel.resolution,
    },
    wrapUpUntil: it.wrapUpUntil,
    endCause: it.endCause,
    variables: Object.fromEntries(
      Object.entries(it.flow.variables).filter(([name]) => !it.variableLists.hidden.includes(name)),
    ),
    editable: it.variableLists.editable,
    screenPop: it.screenPop,
  };
}
