import type { CallDraft } from "./call_draft.ts";
import type { CallInput } from "./call_input.ts";

type CalledInput = Extract<CallInput, { type: `called-${string}` }>;

/**
 * Takes what the called party of a call of ours does before it is one like any other. An agent who
 * is joined already hears it ring, then whatever it plays, then whoever answers.
 */
export function takeCalled(draft: CallDraft, input: CalledInput): void {
  const { state } = draft;
  if (state.phase !== "dialling") return;
  switch (input.type) {
    case "called-ringing":
      if (state.stage !== "placed") return;
      state.stage = "ringing";
      return draft.emit({ type: "call.progress", stage: "ringing" });
    case "called-early":
      if (state.stage === "early-media") return;
      state.stage = "early-media";
      draft.emit({ type: "call.progress", stage: "early-media" });
      return bridge(draft);
    case "called-answered":
      state.phase = "up";
      state.until = state.overallUntil;
      draft.emit({ type: "call.answered", codec: input.codec });
      if (state.stage !== "early-media") bridge(draft);
      return;
    case "called-failed":
      state.sipStatus = input.sipStatus;
      return draft.end(input.cause, "none");
  }
}

function bridge(draft: CallDraft): void {
  const { bLeg } = draft.state;
  if (bLeg?.phase === "joined") draft.actions.push({ type: "bridge", legId: bLeg.legId });
}
