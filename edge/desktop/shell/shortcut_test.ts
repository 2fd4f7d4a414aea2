import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { initialState } from "../state/initial_state.ts";
import { assignmentView, offerView, sampleId } from "../testing/samples.ts";
import { shortcut } from "./shortcut.ts";

const alt = (code: string, key = code.slice(-1).toLowerCase()) => ({
  code,
  key,
  altKey: true,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
});
const two = {
  ...initialState,
  assignments: [
    assignmentView({ interactionId: sampleId(1) }),
    assignmentView({ interactionId: sampleId(2), channel: "whatsapp" }),
  ],
};

Deno.test("shortcut accepts and declines the oldest offer", () => {
  const offer = offerView();
  const state = { ...initialState, offers: [offer] };
  deepStrictEqual(shortcut(state, alt("KeyA"), false), { type: "accept", offerId: offer.offerId });
  deepStrictEqual(shortcut(state, alt("KeyR"), false), { type: "decline", offerId: offer.offerId });
  strictEqual(shortcut(initialState, alt("KeyA"), false), null);
});

Deno.test("shortcut needs Alt alone", () => {
  const state = { ...initialState, offers: [offerView()] };
  strictEqual(shortcut(state, { ...alt("KeyA"), altKey: false }, false), null);
  strictEqual(shortcut(state, { ...alt("KeyA"), ctrlKey: true }, false), null);
});

Deno.test("shortcut mutes only during a call", () => {
  strictEqual(shortcut(initialState, alt("KeyM"), false), null);
  const softphone = { ...initialState.softphone, status: "in-call" as const };
  deepStrictEqual(shortcut({ ...initialState, softphone }, alt("KeyM"), false), {
    type: "toggle-mute",
  });
});

Deno.test("shortcut ends what is shown unless it is in wrap-up", () => {
  const live = { ...two, selected: sampleId(2) };
  deepStrictEqual(shortcut(live, alt("KeyH"), false), { type: "end", interactionId: sampleId(2) });
  const done = [assignmentView({ interactionId: sampleId(2), state: "wrap-up" })];
  strictEqual(shortcut({ ...live, assignments: done }, alt("KeyH"), false), null);
});

Deno.test("shortcut goes round the inbox", () => {
  const down = shortcut({ ...two, selected: sampleId(1) }, alt("ArrowDown"), false);
  deepStrictEqual(down, { type: "select", interactionId: sampleId(2) });
  const round = shortcut({ ...two, selected: sampleId(2) }, alt("ArrowDown"), false);
  deepStrictEqual(round, { type: "select", interactionId: sampleId(1) });
  const up = shortcut({ ...two, selected: sampleId(1) }, alt("ArrowUp"), false);
  deepStrictEqual(up, { type: "select", interactionId: sampleId(2) });
  const fromNone = shortcut(two, alt("ArrowDown"), false);
  deepStrictEqual(fromNone, { type: "select", interactionId: sampleId(1) });
});

Deno.test("shortcut leaves alone what the agent writes", () => {
  const state = { ...two, offers: [offerView()] };
  strictEqual(shortcut(state, alt("KeyA", "ą"), true), null);
  strictEqual(shortcut(state, alt("ArrowUp", "ArrowUp"), true), null);
  strictEqual(shortcut(state, alt("KeyA", "å"), false)?.type, "accept");
  strictEqual(shortcut(state, alt("KeyA", "a"), true)?.type, "accept");
});
