import type { EndCauseName } from "../calls/call_action.ts";
import type { ReasonValue } from "../sip/message/reason_header.ts";

const NORMAL = 16;
const Q850_OF_STATUS: Record<number, number> = {
  403: 21,
  404: 1,
  408: 102,
  480: 18,
  486: 17,
  488: 88,
  503: 41,
  600: 17,
  603: 21,
  604: 1,
};
const Q850_OF_CAUSE: Partial<Record<EndCauseName, number>> = {
  "agent-lost": 41,
  "platform-hung-up": 41,
  "media-timeout": 102,
  deadline: 102,
  "no-answer": 19,
  failure: 41,
};

/** The Reason of a BYE (RFC 3326): a cause of ITU-T Q.850 and our own word for it. */
export function byeReason(cause: EndCauseName): ReasonValue {
  return { protocol: "Q.850", cause: Q850_OF_CAUSE[cause] ?? NORMAL, text: cause };
}

/** The Reason of a refusal with a SIP status (RFC 6432). */
export function rejectReason(status: number, text: string): ReasonValue {
  return { protocol: "Q.850", cause: Q850_OF_STATUS[status] ?? 31, text };
}
