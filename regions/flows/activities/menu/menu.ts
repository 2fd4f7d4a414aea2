import { MOST_ITEMS } from "../../../../protocol/pop_link/prompt_item.ts";
import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, type Outcome, waitFor } from "../../engine/outcome.ts";
import { PLAY_MS } from "../../spoken/play_ms.ts";
import { playFault } from "../../spoken/play_fault.ts";
import { renderItems } from "../../spoken/render_items.ts";
import { type SpokenItem, spokenItems } from "../../spoken/spoken_item.ts";
import { MenuActivity } from "./menu_schema.ts";

/** What the caller did the last time. */
type Miss = "noInput" | "noMatch";

/** Offers choices by digit; asks again, with other words, when none was made. */
export const menu = defineActivity({
  schema: MenuActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "always",
  enter: (step) => ask(step, 0, null),
  heard(step, answer) {
    if (answer.type !== "collected") return null;
    if (answer.outcome === "failed") throw playFault(answer.code);
    const digits = answer.digits ?? "";
    const choice = step.activity.choices.find((one) => one.digits === digits);
    if (!choice) return again(step, digits === "" ? "noInput" : "noMatch");
    if (step.activity.variable !== undefined) step.setText(step.activity.variable, digits);
    return goTo(choice.next);
  },
});

function again(step: FlowStep<MenuActivity>, miss: Miss): Outcome {
  const { retries, onNoInput, onNoMatch } = step.activity;
  const asked = Number(step.kept);
  if (asked < retries) return ask(step, asked + 1, miss);
  return goTo(miss === "noInput" ? onNoInput : onNoMatch);
}

function ask(step: FlowStep<MenuActivity>, asked: number, miss: Miss | null): Outcome {
  const { activity } = step;
  const before: Record<Miss, readonly SpokenItem[] | undefined> = {
    noInput: activity.noInputItems,
    noMatch: activity.noMatchItems,
  };
  const items = renderItems(step, [
    ...(miss === null ? [] : before[miss] ?? []),
    ...spokenItems(activity),
  ]);
  if (items.length > MOST_ITEMS) {
    throw new FlowFault("value-too-long", `${items.length} items are not played at once`);
  }
  const longest = Math.max(...activity.choices.map(({ digits }) => digits.length));
  const firstDigitMs = activity.timeoutSeconds * 1000;
  const interDigitMs = activity.interDigitSeconds * 1000;
  step.pop({
    ...{ type: "collect", items, interruptible: activity.interruptible, seal: null },
    ...{ maxDigits: longest, firstDigitMs, interDigitMs, terminator: null },
  }, asked === 0 ? undefined : asked);
  const typing = firstDigitMs + interDigitMs * longest;
  return waitFor(step.at + typing + PLAY_MS + FLOW_LIMITS.graceMs, asked);
}
