import { createHash } from "node:crypto";
import type { TenantState } from "../tenant_state.ts";
import { canonicalJson } from "./canonical_json.ts";
import type { EncodedState } from "./encode_state.ts";
import { STATE_FIELDS } from "./state_fields.ts";

/** Milliseconds of hashing at most between two pauses. */
const SLICE_MS = 2;

/** SHA-256 of a state's facts in canonical form, in hexadecimal. O(size of the state). */
export function hashState(state: TenantState): string {
  const facts: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(STATE_FIELDS)) {
    const value = state[name as keyof TenantState];
    if (kind === "plain") facts[name] = value;
    if (kind === "map") facts[name] = [...value as Map<string, unknown>];
  }
  return hashFacts(state.seq, facts);
}

/** The same of facts as they are stored, of whatever version. */
export function hashFacts(seq: number, facts: Readonly<Record<string, unknown>>): string {
  const hash = createHash("sha256").update(`seq ${seq}\n`);
  for (const [name, value] of Object.entries(facts)) {
    hash.update(`${name}\n${canonicalJson(value)}\n`);
  }
  return hash.digest("hex");
}

/**
 * The hash that {@linkcode hashState} gives of the state it was encoded from, in slices of 2 ms.
 *
 * @param pause Lets others have their turn.
 */
export async function hashEncoded(
  encoded: EncodedState,
  pause: () => Promise<void>,
  clock: () => number = () => performance.now(),
): Promise<string> {
  const hash = createHash("sha256").update(`seq ${encoded.seq}\n`);
  let since = clock();
  for (const [name, value] of Object.entries(encoded.facts)) {
    hash.update(`${name}\n`);
    if (typeof value === "string") hash.update(canonicalJson(JSON.parse(value)));
    else {
      for (const [i, entry] of value.entries()) {
        hash.update(`${i === 0 ? "[" : ","}${canonicalJson(JSON.parse(entry))}`);
        if (clock() - since < SLICE_MS) continue;
        await pause();
        since = clock();
      }
      hash.update(value.length === 0 ? "[]" : "]");
    }
    hash.update("\n");
  }
  return hash.digest("hex");
}
