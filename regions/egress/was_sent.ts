import type { ErrorCode } from "../../protocol/errors/error_code.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** What went wrong before a byte was sent. */
const BEFORE: ReadonlySet<ErrorCode> = new Set([
  "egress_refused",
  "tls_refused",
  "payload_too_large",
  "invalid_request",
  "not_active",
]);

/**
 * Whether a request whose exchange failed may have reached the server. Only what is certain not to
 * have left is said to have stayed.
 *
 * @param error What `OutgoingHttp.exchange()` threw.
 */
export function wasSent(error: unknown): boolean {
  if (!(error instanceof AntiphonError)) return true;
  if (error.code === "service_unreachable") return error.data.sent !== false;
  if (error.code === "deadline_exceeded") return error.data.phase !== "connect";
  return !BEFORE.has(error.code);
}
