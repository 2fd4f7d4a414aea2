import { newCallback } from "../../callbacks/callback_state.ts";

/** The facts of a snapshot as they were stored. */
export type StoredFacts = Readonly<Record<string, unknown>>;

/**
 * Turns facts of version n into those of version n + 1, in order. Appended to whenever a fact is
 * added or changes its shape, or `evolve` makes something else of old events: then a replay would
 * not agree with an older snapshot, and comparing them would say nothing.
 */
export const SNAPSHOT_UPCASTERS: readonly ((facts: StoredFacts) => StoredFacts)[] = [
  withRecordings,
  withOutgoingCalls,
  withLinesOfFlows,
];

type Entry = [id: string, interaction: Record<string, unknown>];

/** Calls have ids of their own since there are calls of ours. */
function withOutgoingCalls(facts: StoredFacts): StoredFacts {
  if (!Array.isArray(facts.interactions)) return facts;
  const interactions = (facts.interactions as Entry[]).map(([id, it]): Entry => {
    const { call = null, virtual, startedAt } = it;
    const ids = { callId: id, number: null, startedAt, stage: null };
    return [id, {
      ...it,
      call: call && { ...ids, ...call },
      callback: virtual ? newCallback(startedAt as number) : null,
      callerId: null,
    }];
  });
  return { ...facts, interactions };
}

/** Version of the facts that this program writes. */
export const SNAPSHOT_VERSION = 1 + SNAPSHOT_UPCASTERS.length;

/** Interactions have recordings. */
function withRecordings(facts: StoredFacts): StoredFacts {
  const { interactions } = facts;
  if (!Array.isArray(interactions)) return facts;
  const entries = interactions as [string, object][];
  return { ...facts, interactions: entries.map(([id, it]) => [id, { recordings: [], ...it }]) };
}

/** A flow was one line, without loops, sub-flows and handlers. When its step began was not kept. */
function withLinesOfFlows(facts: StoredFacts): StoredFacts {
  if (!Array.isArray(facts.interactions)) return facts;
  const interactions = (facts.interactions as Entry[]).map(([id, it]): Entry => {
    const flow = it.flow as Record<string, unknown> | undefined;
    const lines = {
      ...{ id: 0, enteredAt: it.startedAt, kept: null, frames: [], handlers: [] },
      ...{ lastStep: flow?.step, rounds: {}, failures: 0, pausedUntil: null, putAside: null },
    };
    const { flowId, version, frames = [] } = flow ?? {};
    const queuedBy = { flowId, version, depth: (frames as unknown[]).length };
    return [id, {
      ...{ screenPop: null, ...it },
      ...flow ? { flow: { ...lines, ...flow } } : {},
      ...it.place ? { place: { queuedBy, ...it.place } } : {},
    }];
  });
  return { ...facts, interactions };
}
