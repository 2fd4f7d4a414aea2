import type { Entry, EntryOf } from "../history/entry.ts";
import { markAt, ofKind } from "./of_kind.ts";

/** How long people waited because of the fault. Null: for ever. */
export interface TimesVerdict {
  /** Longest wait of a caller who dialled after the fault, until the flow answered, in ms. */
  newCallAnsweredMs: number | null;
  newCalls: number;
  newCallsUnanswered: number;
  /** From the fault until every agent had a command done that was given after it, in ms. */
  agentWorkingMs: number | null;
  /** Agents' sockets that were closed, so that someone might have had to sign on again. */
  socketsLost: number;
  /** The longest that any request took from the fault on, in ms, and requests that were refused. */
  pauseMs: number | null;
  refused: number;
  /** Commands that the centre did not allow as things stood: an offer that was gone, and the like. */
  disallowed: number;
}

/** Reasons that say something of a person's command, not of the platform. */
const DISALLOWED =
  /^[a-z.-]+ (conflict|not_found|invalid_request|invalid_state|offer_gone|forbidden)\b/;

/** Waits and refusals from the fault on. */
export function checkTimes(history: readonly Entry[]): TimesVerdict {
  const faultAt = markAt(history, "fault") ?? Infinity;
  const calls = answered(history, faultAt);
  const waits = calls.flatMap(({ waitedMs }) => waitedMs === null ? [] : [waitedMs]);
  const ops = ofKind(history, "op");
  const invoked = ops.filter((it) => it.phase === "invoke" && it.at >= faultAt);
  const ends = new Map(ops.filter((it) => it.phase !== "invoke").map((it) => [it.id, it]));
  const took = invoked.flatMap((it) => {
    const end = ends.get(it.id);
    return end?.phase === "ok" ? [end.at - it.at] : [];
  });
  const failed = ops.filter((it) =>
    it.at >= faultAt && (it.phase === "fail" || it.phase === "unknown")
  );
  const disallowed = failed.filter(({ reason }) => DISALLOWED.test(reason ?? ""));
  const sockets = ofKind(history, "agent");
  return {
    newCallAnsweredMs: waits.length < calls.length || waits.length === 0
      ? null
      : Math.round(Math.max(...waits)),
    newCalls: calls.length,
    newCallsUnanswered: calls.length - waits.length,
    agentWorkingMs: agentWorking(invoked, ends, faultAt),
    socketsLost: sockets.filter((it) => it.what === "closed" && it.at >= faultAt).length,
    pauseMs: took.length === 0 ? null : Math.round(Math.max(...took)),
    refused: failed.length - disallowed.length,
    disallowed: disallowed.length,
  };
}

function answered(history: readonly Entry[], faultAt: number) {
  const calls = ofKind(history, "call").filter(({ role }) => role === "new");
  const dialled = calls.filter((it) => it.phase === "dialled" && it.at >= faultAt);
  return dialled.map((it) => {
    const answer = calls.find((other) => other.call === it.call && other.phase === "answered");
    return { call: it.call, waitedMs: answer ? answer.at - it.at : null };
  });
}

function agentWorking(
  invoked: readonly EntryOf<"op">[],
  ends: ReadonlyMap<string, EntryOf<"op">>,
  faultAt: number,
): number | null {
  const agents = Map.groupBy(invoked.filter((it) => it.op === "command"), ({ client }) => client);
  const firsts = [...agents.values()].map((commands) => {
    const done = commands.flatMap(({ id }) => {
      const end = ends.get(id);
      return end?.phase === "ok" ? [end.at] : [];
    });
    return done.length === 0 ? Infinity : Math.min(...done) - faultAt;
  });
  const worst = Math.max(...firsts);
  return Number.isFinite(worst) ? Math.round(worst) : null;
}
