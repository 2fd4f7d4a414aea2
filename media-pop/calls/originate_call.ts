import type { CallStep } from "./advance_call.ts";
import { CallDraft } from "./call_draft.ts";
import type { CallIdentity } from "./call_state.ts";
import { openCall } from "./open_call.ts";

/**
 * Starts a call of ours: its number is called for so long at most.
 * @param now milliseconds since the Unix epoch
 */
export function originateCall(
  identity: CallIdentity & { trunkId: null },
  { callerId, ringSeconds }: { callerId: string | null; ringSeconds: number },
  now: number,
): CallStep {
  const draft = new CallDraft(openCall(identity, now).state, now);
  draft.state.phase = "dialling";
  draft.state.stage = "placed";
  draft.state.until = now + ringSeconds * 1000;
  // The outgoing leg holds its media from the first INVITE to the last figure.
  draft.state.mediaOpen = true;
  draft.emit({ type: "call.progress", stage: "placed" });
  draft.actions.push({ type: "call-out", number: identity.to, callerId });
  return { state: draft.state, actions: draft.actions };
}
