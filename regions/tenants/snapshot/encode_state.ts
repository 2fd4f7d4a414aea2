import type { TenantState } from "../tenant_state.ts";
import { STATE_FIELDS } from "./state_fields.ts";

/** A state's facts as text: a copy that later events do not touch. */
export interface EncodedState {
  seq: number;
  /** By field, the JSON of each entry of a map (`[key, value]`), or of the one plain value. */
  facts: Record<string, readonly string[] | string>;
  /** How many entries it has. */
  entries: number;
}

/**
 * Copies a state's facts. Maps keep their order, as deciders may walk them. O(size of the state)
 * in one go; the costlier hash is made of the copy, in slices.
 */
export function encodeState(state: TenantState): EncodedState {
  const facts: Record<string, readonly string[] | string> = {};
  let count = 0;
  for (const [name, kind] of Object.entries(STATE_FIELDS)) {
    const value = state[name as keyof TenantState];
    if (kind === "plain") facts[name] = JSON.stringify(value);
    if (kind !== "map") continue;
    const entries: string[] = [];
    for (const entry of value as Map<string, unknown>) entries.push(JSON.stringify(entry));
    facts[name] = entries;
    count += entries.length;
  }
  return { seq: state.seq, facts, entries: count };
}

/** The text that is stored: one JSON object, a map as a list of its entries. */
export function factsText({ facts }: EncodedState): string {
  const members = Object.entries(facts).map(([name, value]) =>
    `${JSON.stringify(name)}:${typeof value === "string" ? value : `[${value.join(",")}]`}`
  );
  return `{${members.join(",")}}`;
}
