import { compareSync } from "./compare_sync.ts";
import type { LeaseCall, LeaseState } from "./lease_state.ts";
import { majority } from "./majority.ts";
import { freshlyHeard, validUntilOf, viewLease } from "./view_lease.ts";
import type { WitnessAnswer } from "./witness_answer.ts";
import type { SyncSet, WalPosition } from "./witness_record.ts";
import type { WitnessRequest } from "./witness_request.ts";

/** What happens to a keeper's side of a lease. */
export type LeaseEvent =
  | { kind: "tick" }
  /** Null: no answer, or none that can be read. */
  | { kind: "answer"; call: number; answer: WitnessAnswer | null }
  | { kind: "acquire"; mode: "in-sync" | "bootstrap" | "accept-loss" }
  | { kind: "publish"; inSync: readonly string[] }
  | { kind: "release"; next: string | null }
  | { kind: "position"; position: WalPosition }
  /** Another keeper says that it has given its term back. */
  | { kind: "released"; site: string; term: number }
  /** Reads at once. */
  | { kind: "look" };

/** A request to be sent to a witness; the answer comes back as an event with the same `call`. */
export interface LeaseSend {
  call: number;
  to: string;
  request: WitnessRequest;
}

/** What a keeper's side of a lease makes of an event. */
export interface LeaseStep {
  state: LeaseState;
  send: LeaseSend[];
}

/**
 * A majority lease over independent witnesses. A term is held while a majority of witnesses keeps
 * everybody else out, counted from before each request was sent and with a margin for clocks that
 * run apart. Call it with a tick often (every 100 ms or less) and with each answer.
 * O(witnesses + calls on their way).
 * @param now this keeper's monotonic clock in ms, which must count time that the machine slept
 */
export function stepLease(before: LeaseState, event: LeaseEvent, now: number): LeaseStep {
  const step: LeaseStep = { state: expire(before, now), send: [] };
  switch (event.kind) {
    case "tick":
      break;
    case "answer":
      hear(step, event.call, event.answer, now);
      break;
    case "acquire":
      acquire(step, event.mode, now);
      break;
    case "publish":
      publish(step, event.inSync, now);
      break;
    case "release":
      if (step.state.holding) giveBack(step, event.next, now);
      break;
    case "position":
      step.state = { ...step.state, position: event.position };
      break;
    case "released":
      step.state = { ...step.state, heard: heardReleased(step.state, event, now) };
      break;
    case "look":
      step.state = { ...step.state, nextRoundAt: now };
      break;
  }
  round(step, now);
  return step;
}

/** Forgets what is over: calls without an answer, a term that no majority stands behind. */
function expire(state: LeaseState, now: number): LeaseState {
  const { requestTimeoutMs, lookEveryMs } = state.setup.times;
  const next = { ...state };
  const calls = Object.entries(state.calls);
  const running = calls.filter(([, it]) => now < it.sentAt + requestTimeoutMs);
  if (running.length < calls.length) next.calls = Object.fromEntries(running);
  if (next.holding && validUntilOf(next) <= now) {
    Object.assign(next, { holding: false, asked: null, grants: {}, written: {}, nextRoundAt: now });
  }
  if (next.asked && next.asked.until <= now) {
    next.askAgainAt = now + lookEveryMs * (1 + next.setup.witnesses.indexOf(next.setup.self.site));
    if (!next.holding) {
      next.releasing = releasingOf(next, next.asked.term, null, false, now);
      next.nextRoundAt = now;
    }
    next.asked = null;
  }
  if (next.releasing && next.releasing.until <= now) next.releasing = null;
  return next;
}

function hear(step: LeaseStep, id: number, answer: WitnessAnswer | null, now: number): void {
  const { [id]: call, ...calls } = step.state.calls;
  if (!call) return;
  const state = step.state = { ...step.state, calls };
  if (!answer) return;
  state.heard = {
    ...state.heard,
    [call.to]: {
      at: now,
      record: answer.record,
      liveUntil: now + answer.liveMs,
      duplicate: answer.refusal === "duplicate",
    },
  };
  if (call.request.kind === "release") noteReleased(state, call, answer);
  else if (call.request.kind !== "read") {
    if (answer.refusal === null) noteGranted(state, call, now);
    else noteRefused(state, call, answer, now);
  }
}

function noteGranted(state: LeaseState, { to, request, sentAt }: LeaseCall, now: number): void {
  if (request.kind !== "acquire" && request.kind !== "renew") return;
  const { ttlMs, marginShare, marginMs } = state.setup.times;
  const { asked } = state;
  const ours = request.kind === "acquire"
    ? asked?.term === request.term
    : state.holding && request.term <= state.term;
  if (!ours) return;
  const until = sentAt + ttlMs - ttlMs * marginShare - marginMs;
  state.grants = { ...state.grants, [to]: Math.max(until, state.grants[to] ?? -Infinity) };
  const written = state.written[to];
  if (!written || compareSync(written, request.sync) < 0) {
    state.written = { ...state.written, [to]: request.sync };
  }
  if (request.kind !== "acquire" || !asked) return;
  const granted = [...new Set([...asked.granted, to])];
  state.asked = { ...asked, granted, answered: [...new Set([...asked.answered, to])] };
  if (granted.length < majority(state.setup.witnesses.length)) return;
  if (validUntilOf(state) <= now) return;
  // What was published while the new term was asked for is still to be sent.
  const nextRoundAt = state.holding ? now : now + state.setup.times.renewEveryMs;
  if (!state.holding) state.sync = asked.sync;
  Object.assign(state, { term: asked.term, holding: true, asked: null, nextRoundAt });
}

function noteRefused(
  state: LeaseState,
  { to, request }: LeaseCall,
  answer: WitnessAnswer,
  now: number,
): void {
  if (request.kind === "acquire" && state.asked?.term === request.term) {
    const answered = [...new Set([...state.asked.answered, to])];
    state.asked = { ...state.asked, answered };
    const { length } = state.setup.witnesses;
    if (length - (answered.length - state.asked.granted.length) < majority(length)) {
      state.asked = { ...state.asked, until: now };
    }
  } else if (
    request.kind === "renew" && request.term === state.term && state.holding &&
    answer.refusal === "lower-term"
  ) {
    // It granted a term to somebody who got no majority: only a newer one brings it back.
    const { site, instance } = state.setup.self;
    const holder = answer.record?.holder;
    const free = answer.liveMs === 0 || (holder?.site === site && holder.instance === instance);
    if (free && !state.asked && now >= state.askAgainAt) {
      state.nextRoundAt = now;
      state.askAgainAt = now + state.setup.times.renewEveryMs;
      state.asked = newlyAsked(state, state.sync, now);
    }
  }
}

function noteReleased(state: LeaseState, { to, request }: LeaseCall, answer: WitnessAnswer): void {
  const { releasing } = state;
  if (!releasing || request.kind !== "release" || request.term !== releasing.term) return;
  if (answer.refusal === "held" || answer.refusal === "duplicate") return;
  const done = [...new Set([...releasing.done, to])];
  state.releasing = done.length === state.setup.witnesses.length ? null : { ...releasing, done };
}

function acquire(
  step: LeaseStep,
  mode: "in-sync" | "bootstrap" | "accept-loss",
  now: number,
): void {
  const { state } = step;
  const { self, witnesses } = state.setup;
  if (state.holding || state.asked || now < state.askAgainAt) return;
  const view = viewLease(state, now);
  const unpublished = view.majority && (view.newest?.sync.term ?? 0) === 0;
  if (!view.majority || view.duplicate || (mode === "bootstrap") !== unpublished) return;
  const free = freshlyHeard(state, now).filter((it) =>
    !it.record?.holder || it.record.holder.site === self.site || it.liveUntil <= now
  );
  if (free.length < majority(witnesses.length)) return;
  const sync = view.newest?.sync ?? { term: 0, revision: 0, inSync: [] };
  if (mode === "in-sync" && !sync.inSync.includes(self.site)) return;
  step.state = {
    ...state,
    asked: newlyAsked(state, sync, now),
    grants: {},
    written: {},
    position: null,
    releasing: null,
    nextRoundAt: now,
  };
}

function newlyAsked(state: LeaseState, sync: SyncSet, now: number): LeaseState["asked"] {
  const terms = Object.values(state.heard).map((it) => it.record?.term ?? 0);
  return {
    term: Math.max(state.term, state.releasing?.term ?? 0, ...terms) + 1,
    sync,
    until: now + state.setup.times.requestTimeoutMs,
    granted: [],
    answered: [],
  };
}

function publish(step: LeaseStep, inSync: readonly string[], now: number): void {
  const { state } = step;
  if (!state.holding) return;
  const { term, sync } = state;
  const revision = sync.term === term ? sync.revision + 1 : 1;
  step.state = { ...state, sync: { term, revision, inSync: [...inSync] }, nextRoundAt: now };
}

function giveBack(step: LeaseStep, next: string | null, now: number): void {
  const { state } = step;
  const term = Math.max(state.term, state.asked?.term ?? 0);
  step.state = {
    ...state,
    holding: false,
    asked: null,
    grants: {},
    written: {},
    releasing: releasingOf(state, term, next, true, now),
    nextRoundAt: now,
  };
}

function releasingOf(
  { setup: { times } }: LeaseState,
  term: number,
  next: string | null,
  held: boolean,
  now: number,
): LeaseState["releasing"] {
  return { term, next, done: [], until: now + times.ttlMs, held };
}

function heardReleased(
  { heard }: LeaseState,
  { site, term }: { site: string; term: number },
  now: number,
): LeaseState["heard"] {
  return Object.fromEntries(
    Object.entries(heard).map(([witness, it]) =>
      it.record?.holder?.site === site && it.record.term <= term
        ? [witness, { ...it, liveUntil: Math.min(it.liveUntil, now) }]
        : [witness, it]
    ),
  );
}

/** Sends what is due to every witness. */
function round(step: LeaseStep, now: number): void {
  const { state } = step;
  if (now < state.nextRoundAt) return;
  const { setup: { self, witnesses, times }, asked, releasing } = state;
  const calls: Record<number, LeaseCall> = { ...state.calls };
  let nextCall = state.nextCall;
  const put = (to: string, request: WitnessRequest) => {
    calls[nextCall] = { to, request, sentAt: now };
    step.send.push({ call: nextCall++, to, request });
  };
  for (const to of witnesses) {
    if (asked && !asked.answered.includes(to) && !isAsked(calls, to, asked.term)) {
      const { term, sync } = asked;
      put(to, { kind: "acquire", from: self, term, ttlMs: times.ttlMs, sync });
    }
    if (releasing && !releasing.done.includes(to)) {
      const { term, next } = releasing;
      put(to, { kind: "release", from: self, term, next, position: state.position });
    }
    // An answer to a newer term renews as well; the old one would be refused after it.
    if (state.holding && !asked) {
      const { term, sync, position } = state;
      put(to, { kind: "renew", from: self, term, ttlMs: times.ttlMs, sync, position });
    } else if (!state.holding && !asked) put(to, { kind: "read", from: self });
  }
  const every = state.holding ? times.renewEveryMs : times.lookEveryMs;
  step.state = { ...state, calls, nextCall, nextRoundAt: now + every };
}

function isAsked(calls: Readonly<Record<number, LeaseCall>>, to: string, term: number): boolean {
  return Object.values(calls).some((it) =>
    it.to === to && it.request.kind === "acquire" && it.request.term === term
  );
}
