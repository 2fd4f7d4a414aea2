import type { Entry, EntryOf } from "../history/entry.ts";
import { ofKind } from "./of_kind.ts";

/** Whether the cluster had one owner at every instant. */
export interface OwnershipVerdict {
  /** Contradictions found: a cell that called itself active after a later one had. */
  ownedTwice: number;
  /** Requests of an older owner that came to somebody outside after a later owner's. */
  staleRequests: number;
  /** Epochs seen, in order. */
  epochs: number[];
}

/** A request may have been under way so long when the next owner's overtook it, in ms. */
const UNDER_WAY_MS = 250;

/**
 * Looks for two owners. A cell was active at some instant between question and answer; so one that
 * was asked after another had answered with a later epoch, and still says that it is active, acts
 * beside it. Two cells that are active in one epoch contradict each other however they were asked.
 */
export function checkOwnership(history: readonly Entry[]): OwnershipVerdict {
  const active = ofKind(history, "health").filter((it) => it.active && it.epoch !== null);
  const firstAnswered = new Map<number, number>();
  const cellOf = new Map<number, Set<string>>();
  for (const { epoch, at, cell } of active) {
    if (!firstAnswered.has(epoch!)) firstAnswered.set(epoch!, at);
    cellOf.set(epoch!, (cellOf.get(epoch!) ?? new Set()).add(cell));
  }
  const epochs = [...firstAnswered.keys()].sort((a, b) => a - b);
  const stale = active.filter(({ epoch, askedAt }) =>
    epochs.some((later) => later > epoch! && firstAnswered.get(later)! < askedAt)
  );
  const shared = [...cellOf.values()].filter((cells) => cells.size > 1).length;
  return {
    ownedTwice: stale.length + shared,
    staleRequests: staleRequests(ofKind(history, "outside")),
    epochs,
  };
}

function staleRequests(requests: readonly EntryOf<"outside">[]): number {
  const first = new Map<number, number>();
  let count = 0;
  for (const { epoch, at } of requests) {
    if (epoch === null) continue;
    if (!first.has(epoch)) first.set(epoch, at);
    if ([...first].some(([later, since]) => later > epoch && since + UNDER_WAY_MS < at)) count += 1;
  }
  return count;
}
