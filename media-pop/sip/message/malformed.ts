import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * The error of a grammar function: `reason` is fit for a reason phrase, `data.status` is what a
 * request is answered with (400 unless told).
 */
export function malformed(reason: string, status = 400): AntiphonError {
  return new AntiphonError("sip_malformed", reason, { data: { status } });
}
