import { freshTerm } from "./fresh_term.ts";
import type { Turn } from "./turn.ts";

/** Forgets what only counts within a term. */
export function endTerm({ state }: Turn): void {
  Object.assign(state, freshTerm());
}
