import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { EXAMPLE } from "../../../regions/testing/tenant_harness.ts";

/** What callers wait for: a timer that is soon over, one that is not, or digits. */
export type Waiting = "soon" | "long" | "digits";

/** The number that leads to each. */
export const NUMBERS: Readonly<Record<Waiting, string>> = {
  soon: "+4969900201",
  long: "+4969900202",
  digits: "+4969900203",
};

const LONG = { type: "wait", seconds: 86_400, next: "end" };
const END = { type: "hang-up" };
const MARK = { type: "set", variable: "mark", value: "{{ callerNumber }}-{{ interactionId }}" };
const HANDLERS = [{ event: "custom", name: "begun", start: "beside" }];

/** A tenant whose flows wait, with variables, loops and handlers under way; `soon` in seconds. */
export function waitingFlows(soon: number): TenantConfiguration {
  const flow = (id: Waiting, activities: Record<string, unknown>, handlers: unknown[] = []) => ({
    ...{ id, name: id, kind: "voice", start: "mark", handlers },
    variables: { mark: "", rounds: { type: "number", value: "0" } },
    activities: {
      ...{ mark: { ...MARK, next: "loop" }, end: END },
      loop: { type: "loop", times: 3, next: "count", onDone: "end" },
      ...activities,
    },
  });
  return TenantConfiguration.parse({
    ...structuredClone(EXAMPLE),
    entryPoints: Object.entries(NUMBERS).map(([id, number]) => ({
      ...{ id, name: id, channel: "voice", number, flowId: id },
    })),
    flows: [
      flow("soon", {
        count: { type: "set", variable: "rounds", expression: "rounds + 1", next: "wait" },
        wait: { type: "wait", seconds: soon, next: "after" },
        after: LONG,
      }),
      flow("long", {
        count: { type: "emit-event", name: "begun", next: "after" },
        after: LONG,
        beside: { type: "wait", seconds: 80_000, next: "back" },
        back: { type: "return" },
      }, HANDLERS),
      flow("digits", {
        count: { type: "set", variable: "rounds", expression: "rounds + 1", next: "ask" },
        ask: {
          ...{ type: "collect", prompt: "welcome", variable: "digits", maxDigits: 4 },
          ...{ firstDigitSeconds: 60, next: "play", onTimeout: "play" },
        },
        play: { type: "play", prompt: "thanks", next: "after" },
        after: LONG,
      }),
    ],
  });
}
