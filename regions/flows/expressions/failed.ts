import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** The error `expression_failed`; `reason` is the code that a static check would have given. */
export function failed(message: string, reason?: string): AntiphonError {
  return new AntiphonError("expression_failed", message, reason ? { data: { reason } } : {});
}
