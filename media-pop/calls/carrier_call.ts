import type { EndCauseName } from "./call_action.ts";

/** The A leg's signalling, as a call drives it. What comes in reaches the call as inputs. */
export interface CarrierCall {
  /** Sends the 200 with our description. */
  answer(sdp: string): void;
  /** Sends the final refusal of the INVITE. */
  reject(status: number, cause: EndCauseName): void;
  /** Ends the answered call. */
  bye(cause: EndCauseName): void;
}
