import { FlowFault } from "../engine/flow_fault.ts";

/** The fault of an activity that could not be heard, by the PoP's own word for why. */
export function playFault(code: string | null): FlowFault {
  if (code === "speech_unavailable") {
    return new FlowFault("speech-unavailable", "No speech engine speaks the language");
  }
  if (code === "seal_failed") return new FlowFault("seal-failed", "The digits were not sealed");
  return new FlowFault("play-failed", `The PoP could not play: ${code ?? "unknown"}`);
}
