import { longestGap } from "../capture/longest_gap.ts";
import type { RtpArrivals } from "../capture/rtp_arrivals.ts";
import type { History } from "../history/history.ts";
import type { StandingCall } from "./standing_calls.ts";

/** A stretch of a run, on the machine's monotonic clock. */
export interface Stretch {
  from: number;
  to: number;
}

/** What {@linkcode noteAudio} works with. */
export interface AudioParts {
  streams: readonly RtpArrivals[];
  /** Calls that stood through the whole run. */
  calls: readonly StandingCall[];
  /** Ports of the phone that answers outside. */
  outside: readonly [number, number];
  /** The port of the PoP from which softphones hear. */
  webrtcPort: number;
  before: Stretch;
  after: Stretch;
}

/** Notes the longest silence at every end of the calls that talk or wait with music. */
export function noteAudio(history: History, parts: AudioParts): void {
  const offset = Date.now() - history.now();
  const { before, after, streams } = parts;
  const note = (stream: RtpArrivals, role: "talking" | "queued", end: "caller" | "agent") => {
    const was = longestGap(stream, before.from + offset, before.to + offset);
    // A stream that had not begun yet is none that the fault could break.
    if (was.packets === 0 || was.longestMs >= before.to - before.from) return;
    const reading = longestGap(stream, after.from + offset, after.to + offset);
    history.note({
      ...{ kind: "audio", stream: String(stream.port), role, end },
      longestMs: reading.longestMs,
      beforeMs: was.longestMs,
      lost: reading.lost,
      packets: reading.packets,
    });
  };
  const within = ({ port }: RtpArrivals, [first, last]: readonly [number, number]) =>
    port >= first && port <= last + 1;
  for (const stream of streams) {
    const call = parts.calls.find(({ rtp }) => within(stream, rtp));
    if (call?.role === "talking" || call?.role === "queued") note(stream, call.role, "caller");
    const isAgent = within(stream, parts.outside) || stream.fromPort === parts.webrtcPort;
    if (!call && isAgent) note(stream, "talking", "agent");
  }
}
