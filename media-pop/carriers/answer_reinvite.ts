import type { Renegotiation } from "../calls/media_leg.ts";
import type { Reinvite } from "../sip/dialog/reinvite.ts";
import { REFUSALS } from "../trunks/refusal.ts";

/** Answers a re-INVITE with what the media agreed to; 488 where it did not. */
export function answerReinvite(reinvite: Reinvite, changed: Renegotiation | null): void {
  if (changed) return reinvite.accept(changed.answer);
  const { warning } = REFUSALS.no_common_codec;
  reinvite.reject(488, {
    headers: [["Warning", `${warning.code} antiphon "${warning.text}"`]],
  });
}
