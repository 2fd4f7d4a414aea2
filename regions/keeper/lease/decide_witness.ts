import { compareSync } from "./compare_sync.ts";
import { LEASE_TIMES } from "./lease_times.ts";
import type { WitnessAnswer, WitnessRefusal } from "./witness_answer.ts";
import type { LeaseHolder, WitnessRecord } from "./witness_record.ts";
import type { WitnessRequest } from "./witness_request.ts";
import type { WitnessState } from "./witness_state.ts";

/** What a witness does about a request. */
export interface WitnessDecision {
  state: WitnessState;
  answer: WitnessAnswer;
  /** Set when this must be durable before the answer leaves. */
  write: WitnessRecord | null;
}

/**
 * One request at one witness. A term is granted to one holder only, for ever; while a grant is live
 * nobody else gets one; what was published of who is in sync never goes back to an older statement.
 * O(1).
 * @param now the witness's monotonic clock, ms
 */
export function decideWitness(
  state: WitnessState,
  clusterId: string,
  request: WitnessRequest,
  now: number,
): WitnessDecision {
  const { record } = state;
  const live = !!record?.holder && now < state.liveUntil;
  const { from } = request;
  if (isDuplicate(state, from, live, now)) return refuse(state, "duplicate", now);
  const until = now + (record?.ttlMs ?? LEASE_TIMES.ttlMs);
  const known: WitnessState = {
    ...state,
    seen: { ...state.seen, [from.site]: { instance: from.instance, until } },
  };
  if (request.kind === "read") return refuse(known, null, now);
  const refusal = refusalOf(record, live, request);
  if (refusal) return refuse(known, refusal, now);
  const write: WitnessRecord = {
    clusterId,
    term: request.term,
    holder: request.kind === "release" ? null : from,
    ttlMs: request.kind === "release" ? record?.ttlMs ?? LEASE_TIMES.ttlMs : request.ttlMs,
    sync: newerSync(record, request),
    position: (request.kind === "acquire" ? null : request.position) ?? record?.position ?? null,
    next: request.kind === "release" ? request.next : null,
  };
  const liveUntil = write.holder ? now + write.ttlMs : now;
  const next = { ...known, record: write, liveUntil };
  return { state: next, answer: answerOf(next, null, now), write };
}

function refusalOf(
  record: WitnessRecord | null,
  live: boolean,
  request: Exclude<WitnessRequest, { kind: "read" }>,
): WitnessRefusal | null {
  if (!record) return request.term > 0 ? null : "lower-term";
  const own = isSame(record.holder, request.from);
  if (request.term < record.term || (request.term === record.term && !own)) return "lower-term";
  if (live && !own) return "held";
  if (request.kind === "acquire" && compareSync(record.sync, request.sync) > 0) {
    return "newer-sync";
  }
  return null;
}

function newerSync(
  record: WitnessRecord | null,
  request: Exclude<WitnessRequest, { kind: "read" }>,
): WitnessRecord["sync"] {
  const known = record?.sync ?? { term: 0, revision: 0, inSync: [] };
  if (request.kind === "release") return known;
  return compareSync(request.sync, known) > 0 ? request.sync : known;
}

/** The holder of a live grant is the one of its name; else whoever spoke first and still speaks. */
function isDuplicate(state: WitnessState, from: LeaseHolder, live: boolean, now: number): boolean {
  const holder = state.record?.holder;
  if (live && holder?.site === from.site) return holder.instance !== from.instance;
  const seen = state.seen[from.site];
  return !!seen && now < seen.until && seen.instance !== from.instance;
}

function isSame(a: LeaseHolder | null, b: LeaseHolder): boolean {
  return a?.site === b.site && a.instance === b.instance;
}

function refuse(
  state: WitnessState,
  refusal: WitnessRefusal | null,
  now: number,
): WitnessDecision {
  return { state, answer: answerOf(state, refusal, now), write: null };
}

function answerOf(
  { record, liveUntil }: WitnessState,
  refusal: WitnessRefusal | null,
  now: number,
): WitnessAnswer {
  return { refusal, record, liveMs: record?.holder ? Math.max(0, liveUntil - now) : 0 };
}
