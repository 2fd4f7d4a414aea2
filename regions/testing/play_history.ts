import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { act, type Action } from "./act.ts";
import { everyRule } from "./every_rule.ts";
import type { TenantHarness } from "./tenant_harness.ts";

/**
 * Plays a history to a tenant that uses every rule, calling `after` for each step. A refusal is
 * fine: that it changed nothing is part of what is checked next.
 */
export function playHistory(
  steps: readonly (readonly [Action, number])[],
  after: (h: TenantHarness) => void = () => {},
): TenantHarness {
  const h = everyRule();
  for (const [action, n] of steps) {
    try {
      act(h, action, n);
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
    }
    h.at += 1;
    after(h);
  }
  return h;
}
