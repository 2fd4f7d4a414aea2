import type { HeaderFields } from "../message/header_fields.ts";
import { formatReason } from "../message/reason_header.ts";
import type { AnswerOptions } from "./answer_options.ts";

/** The header fields of {@linkcode AnswerOptions}, Reason included. */
export function extraHeaders(options: AnswerOptions): HeaderFields {
  const { headers = [], reasons = [] } = options;
  return [...headers, ...reasons.map((reason) => ["Reason", formatReason(reason)] as const)];
}
