import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { emptyTenantState, type TenantState } from "../tenant_state.ts";
import { rebuildIndices } from "./rebuild_indices.ts";
import { STATE_FIELDS } from "./state_fields.ts";

/** Entries of maps, or plain values, by field. */
const Facts = z.record(z.string(), z.unknown());
const Entries = z.array(z.tuple([z.string(), z.unknown()]));

/**
 * Makes a state of stored facts and rebuilds what is derived from them. O(n log n) in interactions.
 * @throws AntiphonError `unavailable` when a fact is missing or has the wrong shape
 */
export function decodeState(seq: number, stored: unknown): TenantState {
  const facts = Facts.safeParse(stored);
  if (!facts.success) throw unreadable("it is no object");
  const state = { ...emptyTenantState(), seq };
  for (const [name, kind] of Object.entries(STATE_FIELDS)) {
    if (kind !== "map" && kind !== "plain") continue;
    const value = facts.data[name];
    if (value === undefined) throw unreadable(`${name} is missing`);
    if (kind === "plain") Object.assign(state, { [name]: value });
    else {
      const entries = Entries.safeParse(value);
      if (!entries.success) throw unreadable(`${name} is no list of entries`);
      Object.assign(state, { [name]: new Map(entries.data) });
    }
  }
  rebuildIndices(state);
  return state;
}

function unreadable(why: string): AntiphonError {
  return new AntiphonError("unavailable", `The snapshot cannot be read: ${why}`);
}
