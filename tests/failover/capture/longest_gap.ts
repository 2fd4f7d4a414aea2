import type { RtpArrivals } from "./rtp_arrivals.ts";

/** What a listener got in a stretch of time. */
export interface GapReading {
  /** The longest time without a packet, the stretch's edges included, in ms. */
  longestMs: number;
  packets: number;
  /** Sequence numbers that never came; a new source starts to count anew. */
  lost: number;
}

/** Half of the sequence numbers: a step beyond it goes backwards (RFC 3550 appendix A.1). */
const HALF = 2 ** 15;

/** The longest silence between two times, and what was lost. */
export function longestGap(stream: RtpArrivals, from: number, to: number): GapReading {
  let [last, longest, packets, lost] = [from, 0, 0, 0];
  let before: { ssrc: number; sequence: number } | undefined;
  for (const [i, time] of stream.times.entries()) {
    if (time < from || time > to) continue;
    longest = Math.max(longest, time - last);
    last = time;
    packets += 1;
    const [ssrc, sequence] = [stream.ssrcs[i], stream.sequences[i]];
    if (before?.ssrc === ssrc) {
      const step = (sequence - before.sequence) & 0xffff;
      // One that comes late fills a hole that was counted.
      if (step >= HALF) {
        lost -= 1;
        continue;
      }
      lost += Math.max(0, step - 1);
    }
    before = { ssrc, sequence };
  }
  return { longestMs: Math.max(longest, to - last), packets, lost: Math.max(0, lost) };
}
