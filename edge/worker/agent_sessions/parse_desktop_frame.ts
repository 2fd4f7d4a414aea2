import { DesktopFrame } from "../../../protocol/agent_session/session_frame.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** Largest frame a desktop may send, in bytes of UTF-8. */
export const FRAME_LIMIT = 64 * 1024;

/**
 * Parses a frame from a desktop.
 * @throws AntiphonError `frame_invalid` whose message names the path of the first thing wrong
 */
export function parseDesktopFrame(data: string | ArrayBuffer): DesktopFrame {
  if (typeof data !== "string") throw invalid("send text frames");
  // A UTF-16 unit takes at most three bytes of UTF-8.
  const long = data.length > FRAME_LIMIT / 3 && new TextEncoder().encode(data).length > FRAME_LIMIT;
  if (long) throw invalid(`frame larger than ${FRAME_LIMIT} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw invalid("not JSON");
  }
  const frame = DesktopFrame.safeParse(value);
  if (frame.success) return frame.data;
  const [issue] = frame.error.issues;
  throw invalid(`${issue.path.map(String).join(".") || "frame"}: ${issue.message}`);
}

function invalid(reason: string): AntiphonError {
  return new AntiphonError("frame_invalid", reason);
}
