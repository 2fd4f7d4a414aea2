import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { Directory } from "../configuration/directory.ts";
import type { SipRequest } from "../sip/message/sip_request.ts";
import type { RequestSource } from "../sip/sip_endpoint.ts";
import type { Admission } from "../sip/transaction/transaction_user.ts";
import { REFUSALS } from "../trunks/refusal.ts";
import { TokenBucket } from "../trunks/token_bucket.ts";
import { refusalOptions } from "./refusal_options.ts";

/** Lines a second about unknown sources; a scan must not fill the log. */
const LINES_PER_SECOND = 10;

/**
 * Makes the check of every new request before anything is kept for it: a source that is no trunk's
 * gets a stateless 403. Requests within a dialog pass, since their tags are secrets of the call
 * and its trunk may have been removed meanwhile.
 */
export function admitRequest(
  directory: () => Directory,
  log: Logger,
  counters: Counters,
  now: () => number,
): (source: RequestSource, request: SipRequest) => Admission {
  const lines = new TokenBucket(LINES_PER_SECOND, now());
  const { status, ...rest } = REFUSALS.unknown_source;
  const { phrase, headers = [], reasons = [] } = refusalOptions({ status, ...rest });
  const reason = reasons.map((r) => ["Reason", `${r.protocol};cause=${r.cause};text="${r.text}"`]);
  const answer: Admission = {
    status,
    reason: phrase,
    headers: [...headers, ...reason as [string, string][]],
  };
  return (source, request) => {
    if (directory().trunksOf(source.address).length > 0 || hasTag(request)) return "admit";
    const isCall = request.method === "INVITE";
    if (isCall) counters.add("antiphon_calls_refused_total", { reason: "unknown_source" });
    if (lines.take(now())) {
      log.warn("call.refused", {
        reason: "unknown_source",
        source: source.address,
        method: request.method,
        status,
      });
    }
    return answer;
  };
}

function hasTag(request: SipRequest): boolean {
  return /;\s*tag\s*=/i.test(request.get("to") ?? "");
}
