import assert from "node:assert/strict";
import { voiceFlow } from "../../../testing/voice_flow.ts";
import { MenuActivity } from "./menu_schema.ts";

const say = (text: string) => ({ type: "say", text });
const wait = { type: "play", prompt: "thanks", next: "end" };
const MENU = {
  type: "menu",
  items: [say("Press 1 or 22.")],
  choices: [{ digits: "1", next: "one" }, { digits: "22", next: "two" }],
  noInputItems: [say("Are you there?")],
  noMatchItems: [say("That is no choice.")],
  retries: 1,
  variable: "choice",
  onNoInput: "silent",
  onNoMatch: "lost",
};
const open = (menu: Record<string, unknown> = {}) =>
  voiceFlow({ a: { ...MENU, ...menu }, one: wait, two: wait, silent: wait, lost: wait });
const texts = (items: readonly { type: string; text?: string }[]) => items.map(({ text }) => text);

Deno.test("menu goes where the digit leads, and keeps it", () => {
  const t = open();
  const { items, maxDigits, interruptible } = t.command("collect");
  assert.deepEqual(texts(items), ["Press 1 or 22."]);
  assert.deepEqual([maxDigits, interruptible], [2, true]);
  t.collected({ digits: "22" });
  assert.equal(t.at, "two");
  assert.equal(t.variables.choice, "22");
});

Deno.test("menu asks again with other words, then goes by what happened last", () => {
  const t = open();
  t.command("collect");
  t.collected({ digits: "9" });
  assert.deepEqual(texts(t.command("collect").items), ["That is no choice.", "Press 1 or 22."]);
  t.collected({ digits: "", outcome: "timeout" });
  assert.equal(t.at, "silent");
  const other = open();
  other.command("collect");
  other.collected({ digits: "", outcome: "timeout" });
  assert.deepEqual(texts(other.command("collect").items), ["Are you there?", "Press 1 or 22."]);
  other.collected({ digits: "2", outcome: "timeout" });
  assert.equal(other.at, "lost");
});

Deno.test("menu fails along its error path when it cannot be heard", () => {
  const t = open({ onError: "lost" });
  t.command("collect");
  t.collected({ outcome: "failed", code: "speech_unavailable" });
  assert.equal(t.at, "lost");
  assert.equal(t.variables.errorCode, "speech-unavailable");
});

Deno.test("menu refuses two choices with the same digits, and a question without words", () => {
  const twice = [{ digits: "1", next: "one" }, { digits: "1", next: "two" }];
  assert.equal(MenuActivity.safeParse({ ...MENU, choices: twice }).success, false);
  assert.equal(MenuActivity.safeParse({ ...MENU, items: undefined }).success, false);
  assert.equal(MenuActivity.safeParse(MENU).success, true);
});
