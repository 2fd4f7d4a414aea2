import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";
import { holdBack } from "./hold_back.ts";
import { shownNumber } from "./shown_number.ts";

/** A PoP must begin to call within this time, in milliseconds. */
const BEGIN_MS = 15_000;
/** Time beyond the ringing in which the PoP has told what came of it, in milliseconds. */
const GRACE_MS = 10_000;

/**
 * Has someone who is to be called called by the PoP where an agent's softphone is.
 * - `agent-first`: the agent has accepted, and hears it ring;
 * - `customer-first`: the agent is kept free for whoever answers.
 *
 * If they may not be called now they are held back, and the agent is found other work.
 */
export function callContact(
  t: Transition,
  it: Interaction,
  agent: Agent,
  when: "agent-first" | "customer-first",
): void {
  const popId = agent.softphonePopId;
  if (holdBack(t, it) || popId === null) {
    t.freed.push({ agentId: agent.id });
    return;
  }
  const { ringSeconds } = callbackPolicyOf(t.configuration, it.place?.queueId);
  const notAfter = t.at + BEGIN_MS;
  t.emit({
    type: "interaction.dialled",
    interactionId: it.id,
    callId: t.context.newId(),
    legId: t.context.newId(),
    popId,
    number: it.virtual!.number,
    callerId: shownNumber(t, it),
    ringSeconds,
    notAfter,
    agentId: agent.id,
    agentLegId: when === "agent-first" ? t.context.newId() : null,
    deadline: notAfter + ringSeconds * 1000 + GRACE_MS,
  });
}
