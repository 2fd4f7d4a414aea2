import type { AnswerOptions } from "../sip/dialog/answer_options.ts";
import type { Refusal } from "../trunks/refusal.ts";

/** How a refusal is written into its response: phrase, Reason, Retry-After, Warning. */
export function refusalOptions(refusal: Refusal): AnswerOptions {
  const headers: [string, string][] = [];
  if (refusal.retryAfter !== undefined) headers.push(["Retry-After", String(refusal.retryAfter)]);
  if (refusal.warning) {
    headers.push(["Warning", `${refusal.warning.code} antiphon "${refusal.warning.text}"`]);
  }
  return {
    phrase: refusal.phrase,
    headers,
    reasons: [{ protocol: "Q.850", cause: refusal.q850, text: refusal.text }],
  };
}
