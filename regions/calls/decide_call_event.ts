import type { CallEvent, EndCause } from "../../protocol/pop_link/call_event.ts";
import { setRona } from "../agents/set_rona.ts";
import { attemptFailed } from "../callbacks/attempt_failed.ts";
import { contactReached } from "../callbacks/contact_reached.ts";
import { answerStep } from "../flows/engine/answer_step.ts";
import { enterActivity } from "../flows/engine/enter_activity.ts";
import type { StepAnswer } from "../flows/engine/step_answer.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { keepTranscript } from "../messages/keep_transcript.ts";
import { requeue } from "../interactions/requeue.ts";
import { decideRecorded } from "../recordings/decide_recorded.ts";
import { decideRecordingChanged } from "../recordings/decide_recording_changed.ts";
import type { Transition } from "../tenants/transition.ts";
import { hangUp } from "./hang_up.ts";
import { interactionOfCall } from "./interaction_of_call.ts";
import { decideCallEnded } from "./decide_call_ended.ts";
import { decideCallOffered } from "./decide_call_offered.ts";

/** Ends of a B leg that leave the caller standing there. */
const LOST: ReadonlySet<EndCause> = new Set(["agent-lost", "failure", "media-timeout", "deadline"]);

/** An agent whose softphone is lost in a call may come back to it within this time, in ms. */
const RETURN_MS = 12_000;

/** Decides on what a PoP told of a call. News of a call that is over changes nothing. */
export function decideCallEvent(
  t: Transition,
  popId: string,
  callId: string,
  event: CallEvent,
): void {
  if (event.type === "call.offered") {
    const known = t.state.interactions.has(callId) || t.state.endedCalls.includes(callId);
    if (!known) decideCallOffered(t, popId, callId, event);
    return;
  }
  const it = interactionOfCall(t.state, callId);
  const owner = it?.id ?? callId;
  if (event.type === "recording.changed") return decideRecordingChanged(t, popId, owner, event);
  if (event.type === "call.recorded") {
    decideRecorded(t, popId, owner, event);
    const { recordingId, seconds, outcome } = event;
    if (it) heard(t, it, event.commandId, { type: "recorded", recordingId, seconds, outcome });
    return;
  }
  if (!it?.call || it.call.popId !== popId) return;
  switch (event.type) {
    case "call.progress":
      return progressed(t, it, event.stage);
    case "call.answered":
      return answered(t, it, event.codec);
    case "call.played":
      return heard(t, it, event.commandId, {
        type: "played",
        outcome: event.outcome,
        code: event.code ?? null,
      });
    case "call.collected":
      return heard(t, it, event.commandId, {
        type: "collected",
        digits: event.digits,
        sealed: event.sealed,
        outcome: event.outcome,
        code: event.code ?? null,
      });
    case "stream.started":
      return;
    case "stream.message":
      return keepTranscript(t, it, event.author, event.text);
    case "stream.ended": {
      const { type: _, ...ended } = event;
      answerStep(t, it, it.flow.step, { type: "stream-ended", ...ended });
      return;
    }
    case "leg.joined":
      return joined(t, it, event.legId, event.codec);
    case "leg.ended":
      // Told again: it had no answer the first time.
      if (it.legs.some((leg) => leg.id === event.legId && leg.endedAt !== null)) return;
      return it.teamId !== null || it.phase === "outside"
        ? outsideLegEnded(t, it, event)
        : agentLegEnded(t, it, event);
    case "call.ended":
      return decideCallEnded(t, it, event.cause, event.media, event.sipStatus);
  }
}

function answered(t: Transition, it: Interaction, codec: string): void {
  if (it.call!.answered) return;
  t.emit({ type: "call.answered", interactionId: it.id, codec });
  if (it.phase === "dialling") return contactAnswered(t, it);
  const flow = t.configuration.flows.get(it.flow.version);
  if (flow && it.phase === "flow" && it.flow.step === 0) enterActivity(t, it, flow.start);
}

const STAGES = ["placed", "ringing", "early-media"] as const;

function progressed(t: Transition, it: Interaction, stage: typeof STAGES[number]): void {
  const { call } = it;
  if (call!.number === null || call!.answered || call!.ended) return;
  if (call!.stage && STAGES.indexOf(stage) <= STAGES.indexOf(call!.stage)) return;
  t.emit({ type: "call.progressed", interactionId: it.id, stage });
}

/** The agent who has accepted talks to the contact, once both are there. */
function contactAnswered(t: Transition, it: Interaction): void {
  const { agentId, agentLegId: legId } = it;
  if (agentId === null || legId === null) return contactReached(t, it);
  const leg = it.legs.find(({ id }) => id === legId);
  if (leg && leg.answeredAt !== null) connected(t, it, leg.codec);
}

function connected(t: Transition, it: Interaction, codec: string | null): void {
  const [interactionId, agentId] = [it.id, it.agentId!];
  t.emit({ type: "interaction.connected", interactionId, agentId, codec, responseDue: null });
}

function joined(t: Transition, it: Interaction, legId: string, codec: string): void {
  if (it.agentLegId !== legId) return;
  const interactionId = it.id;
  if (it.phase === "flow") {
    return void answerStep(t, it, it.flow.step, { type: "dialled", cause: null, codec });
  }
  if (it.phase === "dialling") {
    const agentId = it.agentId!;
    t.emit({ type: "interaction.agent-listening", interactionId, agentId, legId, codec });
    if (it.call!.answered) connected(t, it, codec);
    return;
  }
  if (it.phase === "outside" && it.connectedAt === null) {
    t.emit({ type: "interaction.connected-outside", interactionId, legId, codec });
  }
  if (it.phase !== "connecting") return;
  connected(t, it, codec);
}

/** Whoever a capacity based team's number reached has hung up, or nobody answered there. */
function outsideLegEnded(
  t: Transition,
  it: Interaction,
  event: Extract<CallEvent, { type: "leg.ended" }>,
): void {
  const { legId, cause, media } = event;
  const ours = it.phase === "outside" && it.agentLegId === legId;
  t.emit({ type: "leg.ended", interactionId: it.id, legId, cause, media });
  if (!ours) return;
  if (it.connectedAt !== null) return hangUp(t, it, "agent-hung-up");
  const teamId = it.teamId!;
  requeue(t, it, cause, teamId);
  t.freed.push({ teamId });
}

/** The PoP tells what came of a step's command, or that whoever it called has heard the greeting. */
function heard(t: Transition, it: Interaction, commandId: string, answer: StepAnswer): void {
  const [id, what, step] = commandId.split(":");
  if (id !== it.id) return;
  if (what === "flow") return void answerStep(t, it, Number(step), answer);
  const waits = ["queued", "offered", "connecting", "outside"].includes(it.phase);
  if (what !== "greeting" || !waits || it.connectedAt !== null || it.call!.number === null) return;
  t.emit({ type: "interaction.greeted", interactionId: it.id });
}

/**
 * A B leg that we did not end ourselves. A softphone lost in the middle of a call is waited for: a
 * reloaded page takes the call up again. Otherwise the caller goes back to their place, and the
 * agent, who cannot be reached, says when they are back.
 */
function agentLegEnded(
  t: Transition,
  it: Interaction,
  event: Extract<CallEvent, { type: "leg.ended" }>,
): void {
  const { legId, cause, media } = event;
  // A B leg that ends with its call says so: the call's own end follows.
  const lost = it.agentLegId === legId && LOST.has(cause);
  const transferred = it.phase === "flow" && it.agentLegId === legId;
  t.emit({ type: "leg.ended", interactionId: it.id, legId, cause, media });
  if (transferred) {
    return void answerStep(t, it, it.flow.step, { type: "dialled", cause, codec: null });
  }
  if (lost && it.phase === "dialling") {
    setRona(t, it.agentId);
    return it.call!.answered ? contactReached(t, it) : attemptFailed(t, it, cause);
  }
  if (!lost || (it.phase !== "connecting" && it.phase !== "connected")) return;
  const agent = t.state.agents.get(it.agentId ?? "");
  if (agent && it.phase === "connected" && cause === "agent-lost") {
    const deadline = t.at + RETURN_MS;
    t.emit({ type: "interaction.interrupted", interactionId: it.id, agentId: agent.id, deadline });
    return;
  }
  setRona(t, it.agentId);
  requeue(t, it, cause);
}
