import { setRona } from "../agents/set_rona.ts";
import { attemptFailed } from "../callbacks/attempt_failed.ts";
import { contactReached } from "../callbacks/contact_reached.ts";
import { holdBack } from "../callbacks/hold_back.ts";
import { resumeContact } from "../callbacks/resume_contact.ts";
import { hangUp } from "../calls/hang_up.ts";
import { answerStep } from "../flows/engine/answer_step.ts";
import { idleAt } from "./idle_at.ts";
import { endOffer } from "../offers/end_offer.ts";
import { advancePlace } from "../queues/advance_place.ts";
import type { Transition } from "../tenants/transition.ts";
import { endInteraction } from "./end_interaction.ts";
import { endWrapUp } from "./end_wrap_up.ts";
import type { Interaction } from "./interaction.ts";
import { requeue } from "./requeue.ts";
import { startWrapUp } from "./start_wrap_up.ts";

/** Does what is due for one interaction, if anything is. */
export function decideDeadline(t: Transition, it: Interaction): void {
  const due = (at: number | null | undefined) => at !== null && at !== undefined && at <= t.at;
  for (const handler of [...it.flow.handlers]) {
    if (due(handler.deadline)) answerStep(t, it, handler.step, { type: "timer" });
  }
  if (due(it.call?.hangUpBy) && !it.call!.ended) return giveUpCall(t, it);
  switch (it.phase) {
    case "offered":
      if (due(it.offer!.expiresAt)) return rona(t, it);
      break;
    case "wrap-up":
      if (due(it.wrapUpUntil)) endWrapUp(t, it, null);
      return;
    case "dialling":
      if (due(it.flow.deadline)) return callFailed(t, it);
      break;
    case "postponed":
      if (due(it.flow.deadline)) {
        answerStep(t, it, it.flow.step, { type: "timer" });
        if (it.phase !== "postponed") return;
      }
      if (due(it.place!.until)) return endInteraction(t, it, "deadline");
      return resumeContact(t, it);
    case "connecting":
    case "interrupted":
      if (due(it.flow.deadline)) return joinFailed(t, it);
      break;
    case "outside":
      if (due(it.flow.deadline)) return outsideFailed(t, it);
      break;
    case "connected":
      if (due(it.flow.deadline)) {
        startWrapUp(t, it, "deadline");
        return it.call && !it.call.ended ? hangUp(t, it, "deadline") : undefined;
      }
      if (due(it.timers.contactIdleAt)) return unassign(t, it);
      if (due(it.timers.responseDue) && !it.timers.overdue) {
        t.emit({ type: "response.overdue", interactionId: it.id, agentId: it.agentId! });
      }
      break;
    case "flow":
      if (!due(it.flow.deadline)) break;
      if (it.flow.activityId === null) return hangUp(t, it, "deadline");
      answerStep(t, it, it.flow.step, { type: "timer" });
      if (it.phase !== "flow") return;
      break;
    case "queued":
      if (due(it.flow.deadline)) {
        answerStep(t, it, it.flow.step, { type: "timer" });
        if (it.phase !== "queued") return;
      }
      if (it.virtual && due(it.callback?.windowEnds) && holdBack(t, it)) break;
      if (advancePlace(t, it)) t.seeking.push(it);
      if (due(it.place!.until)) t.waited.push(it);
      break;
  }
  if (due(idleAt(it))) idle(t, it);
}

/** The PoP never reported the end it was asked for. */
function giveUpCall(t: Transition, it: Interaction): void {
  t.emit({
    type: "leg.ended",
    interactionId: it.id,
    legId: it.call!.carrierLegId,
    cause: "deadline",
    media: null,
  });
  if (it.phase === "wrap-up" || (it.virtual && it.phase !== "ending")) return;
  endInteraction(t, it, "deadline");
}

/** Redirection on no answer: the contact keeps its place, the agent is set to RONA. */
function rona(t: Transition, it: Interaction): void {
  const { agentId } = it.offer!;
  endOffer(t, it, "timed-out");
  t.emit({ type: "agent.state-changed", agentId, state: "rona", idleCode: null });
  requeue(t, it, "rona");
}

function joinFailed(t: Transition, it: Interaction): void {
  setRona(t, it.agentId);
  requeue(t, it, "join-failed");
}

/** A PoP never told what came of a call of ours, or its agent was not joined to who answered. */
function callFailed(t: Transition, it: Interaction): void {
  if (!it.call!.answered) return attemptFailed(t, it, "no-answer");
  setRona(t, it.agentId);
  contactReached(t, it);
}

/** A capacity based team did not answer, or its call lasted for too long. */
function outsideFailed(t: Transition, it: Interaction): void {
  const teamId = it.teamId!;
  if (it.connectedAt !== null) return hangUp(t, it, "deadline");
  requeue(t, it, "no-answer", teamId);
  t.freed.push({ teamId });
}

/** The contact fell silent: the agent is free for others until they write again. */
function unassign(t: Transition, it: Interaction): void {
  const agentId = it.agentId!;
  t.emit({ type: "interaction.unassigned", interactionId: it.id, agentId, reason: "contact-idle" });
  t.freed.push({ agentId });
}

/** Nobody wrote for too long. */
function idle(t: Transition, it: Interaction): void {
  if (it.phase === "connected") return startWrapUp(t, it, "contact-idle");
  endInteraction(t, it, "contact-idle");
}
