import { CallDraft } from "./call_draft.ts";
import type { CallIdentity, CallState } from "./call_state.ts";
import { CALL_TIMES } from "./call_times.ts";
import type { CallStep } from "./advance_call.ts";

/** Starts a call that was let in: it rings, and its cell is told. */
export function openCall(identity: CallIdentity, now: number): CallStep {
  const state: CallState = {
    identity,
    phase: "ringing",
    until: now + CALL_TIMES.ringing,
    overallUntil: now + CALL_TIMES.overall,
    mediaOpen: false,
    held: false,
    playing: null,
    collect: null,
    typed: "",
    secretDigits: false,
    sealing: [],
    bLeg: null,
    stream: null,
    leaving: [],
    recordings: [],
    endCause: null,
    sipStatus: null,
    stage: null,
    media: null,
    results: [],
  };
  const draft = new CallDraft(state, now);
  const { legId, trunkId, from, to, transport } = identity;
  if (trunkId !== null) {
    draft.emit({ type: "call.offered", legId, trunkId, from, to, transport });
  }
  return { state: draft.state, actions: draft.actions };
}
