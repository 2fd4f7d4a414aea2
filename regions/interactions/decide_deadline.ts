import { hangUp } from "../calls/hang_up.ts";
import { endOffer } from "../offers/end_offer.ts";
import { findAgent } from "../routing/find_agent.ts";
import { findInteraction } from "../routing/find_interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { endWrapUp } from "./end_wrap_up.ts";
import type { Interaction } from "./interaction.ts";
import { requeue } from "./requeue.ts";
import { startWrapUp } from "./start_wrap_up.ts";

/** Does what is due for one interaction, if anything is. */
export function decideDeadline(t: Transition, it: Interaction): void {
  const due = (at: number | null | undefined) => at !== null && at !== undefined && at <= t.at;
  if (due(it.call?.hangUpBy) && !it.call!.ended) return giveUpCall(t, it);
  if (it.phase === "offered" && due(it.offer!.expiresAt)) return rona(t, it);
  if (it.phase === "wrap-up" && due(it.wrapUpUntil)) return endWrapUp(t, it, null);
  if ((it.phase === "connecting" || it.phase === "interrupted") && due(it.flow.deadline)) {
    return joinFailed(t, it);
  }
  if (it.phase === "connected" && due(it.flow.deadline)) {
    startWrapUp(t, it, "deadline");
    return hangUp(t, it, "deadline");
  }
  if (it.phase === "flow" && due(it.flow.deadline)) return hangUp(t, it, "deadline");
  if (it.phase === "queued" && due(it.place!.until)) return hangUp(t, it, "deadline");
  if (it.phase === "queued" || it.phase === "offered") widen(t, it);
  if (due(it.idleUntil)) idle(t, it);
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
  if (it.phase === "wrap-up") return;
  t.emit({
    type: "interaction.ended",
    interactionId: it.id,
    cause: it.endCause ?? "deadline",
    agentId: null,
  });
}

/** Redirection on no answer: the contact keeps its place, the agent is set to RONA. */
function rona(t: Transition, it: Interaction): void {
  const { agentId } = it.offer!;
  endOffer(t, it, "timed-out");
  t.emit({ type: "agent.state-changed", agentId, state: "rona", idleCode: null });
  requeue(t, it, "rona");
}

function joinFailed(t: Transition, it: Interaction): void {
  const agent = t.state.agents.get(it.agentId!);
  if (agent?.state === "available") {
    t.emit({ type: "agent.state-changed", agentId: agent.id, state: "rona", idleCode: null });
  }
  requeue(t, it, "join-failed");
}

function widen(t: Transition, it: Interaction): void {
  const { groups, groupsJoined } = it.place!;
  let joined = groupsJoined;
  while (joined < groups.length && groups[joined].at <= t.at) joined += 1;
  if (joined === groupsJoined) return;
  t.emit({ type: "interaction.widened", interactionId: it.id, groupsJoined: joined });
  findAgent(t, it);
}

/** Nobody wrote for too long. */
function idle(t: Transition, it: Interaction): void {
  if (it.phase === "wrap-up") return;
  if (it.phase === "connected") return startWrapUp(t, it, "contact-idle");
  const freed = it.offer?.agentId;
  endOffer(t, it, "withdrawn");
  t.emit({
    type: "interaction.ended",
    interactionId: it.id,
    cause: "contact-idle",
    agentId: it.agentId,
  });
  if (freed) findInteraction(t, freed);
}
