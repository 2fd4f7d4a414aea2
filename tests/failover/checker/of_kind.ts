import type { Entry, EntryOf } from "../history/entry.ts";

/** The entries of one kind, in the order of time. */
export function ofKind<K extends Entry["kind"]>(history: readonly Entry[], kind: K): EntryOf<K>[] {
  return history.filter((entry): entry is EntryOf<K> => entry.kind === kind)
    .sort((a, b) => a.at - b.at);
}

/** When the lab did something first; undefined when it never did. */
export function markAt(
  history: readonly Entry[],
  mark: EntryOf<"mark">["mark"],
): number | undefined {
  return ofKind(history, "mark").find((entry) => entry.mark === mark)?.at;
}
