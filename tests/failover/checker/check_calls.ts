import type { Entry, EntryOf } from "../history/entry.ts";
import { markAt, ofKind } from "./of_kind.ts";

/** What became of calls that were established before the fault. */
export interface CallsVerdict {
  callsEstablished: number;
  /** Ended by the platform, though neither caller nor agent meant it. */
  callsCut: number;
  /** The longest silence at any end of them, in ms: 0 while jitter buffers bridge it. */
  audioGapMs: number;
  /** The longest time between two packets, after the fault and before it, in ms. */
  audioLongestMs: number;
  audioBeforeMs: number;
  audioLost: number;
}

/**
 * What a listener's jitter buffer bridges (RFC 3550 asks for one; phones commonly hold 60 to 200 ms),
 * so that nothing is heard of it.
 */
export const BRIDGED_MS = 100;
/** A busy machine's own pauses: what was up to so many times as long before is none of the fault's. */
const AS_BEFORE = 1.5;
/** Packets come this far apart. */
const PACKET_MS = 20;

/** Calls cut and silence in them. */
export function checkCalls(history: readonly Entry[]): CallsVerdict {
  const faultAt = markAt(history, "fault") ?? Infinity;
  const calls = ofKind(history, "call").filter(({ role }) => role !== "new");
  const answered = calls.filter((it) => it.phase === "answered" && it.at <= faultAt);
  const ended = new Map<string, EntryOf<"call">>();
  for (const call of calls) {
    if (call.phase === "closed" && !ended.has(call.call)) ended.set(call.call, call);
  }
  const alive = answered.filter(({ call }) => (ended.get(call)?.at ?? Infinity) > faultAt);
  const audio = ofKind(history, "audio");
  const longest = Math.max(0, ...audio.map(({ longestMs }) => longestMs));
  const gaps = audio.filter(({ longestMs, beforeMs }) => {
    return longestMs > Math.max(BRIDGED_MS, beforeMs * AS_BEFORE);
  });
  return {
    callsEstablished: alive.length,
    callsCut: alive.filter(({ call }) => ended.get(call)?.by === "platform").length,
    audioGapMs: Math.round(Math.max(0, ...gaps.map(({ longestMs }) => longestMs - PACKET_MS))),
    audioLongestMs: Math.round(longest),
    audioBeforeMs: Math.round(Math.max(0, ...audio.map(({ beforeMs }) => beforeMs))),
    audioLost: audio.reduce((sum, { lost }) => sum + lost, 0),
  };
}
