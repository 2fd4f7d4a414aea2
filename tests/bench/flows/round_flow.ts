import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { EXAMPLE, NUMBER } from "../../../regions/testing/tenant_harness.ts";

/** Activities that a round passes: digits, two variables set, a branch, a prompt. */
export const STEPS_OF_ROUND = 5;

/** A tenant whose callers go round in a menu for as long as they type. */
export function roundFlow(): TenantConfiguration {
  return TenantConfiguration.parse({
    ...structuredClone(EXAMPLE),
    entryPoints: [{ id: "main", name: "Main", channel: "voice", number: NUMBER, flowId: "round" }],
    flows: [{
      ...{ id: "round", name: "Round", kind: "voice", start: "menu" },
      variables: { choice: "", said: "", rounds: { type: "number", value: "0" } },
      activities: {
        menu: {
          ...{ type: "collect", prompt: "welcome", variable: "choice", maxDigits: 1 },
          ...{ next: "say", onTimeout: "end" },
        },
        say: { type: "set", variable: "said", value: "You typed {{ choice }}", next: "which" },
        which: {
          ...{ type: "branch", condition: "choice == '1' or choice == '2'" },
          ...{ next: "count", otherwise: "end" },
        },
        count: { type: "set", variable: "rounds", expression: "rounds + 1", next: "thanks" },
        thanks: { type: "play", prompt: "thanks", next: "menu" },
        end: { type: "hang-up" },
      },
    }],
  });
}
