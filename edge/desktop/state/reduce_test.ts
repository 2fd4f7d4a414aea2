import assert from "node:assert/strict";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { AssignmentView, OfferView } from "../../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import { type DesktopState, initialState } from "./desktop_state.ts";
import { reduce } from "./reduce.ts";

const offer = (offerId: string): OfferView => ({
  offerId,
  interactionId: `i-${offerId}`,
  channel: "voice",
  contact: "+49301",
  contactName: null,
  queue: { id: "sales", name: "Sales" },
  queuedAt: 0,
  offeredAt: 1,
  expiresAt: 2,
});
const assignment = (interactionId: string, state: AssignmentView["state"]): AssignmentView => ({
  interactionId,
  channel: "whatsapp",
  contact: "49151",
  contactName: "Rosa",
  queue: null,
  state,
  connectedAt: 1,
  wrapUpUntil: null,
  endCause: null,
  variables: {},
});
const message = (id: string, at: number, status: Message["status"] = "sent"): Message => ({
  id,
  interactionId: "a",
  direction: "outbound",
  author: "agent",
  text: id,
  at,
  status,
  failure: null,
});
const after = (events: AgentEvent[], from: DesktopState = initialState()) =>
  events.reduce((state, event) => reduce(state, { type: "event", event }), from);

Deno.test("reduce() shows an offer once and takes it away when it ends", () => {
  const made = after([{ type: "offer.made", offer: offer("1") }, {
    type: "offer.made",
    offer: offer("1"),
  }]);
  assert.equal(made.offers.length, 1);
  const ended = after([{
    type: "offer.ended",
    offerId: "1",
    interactionId: "i-1",
    reason: "withdrawn",
  }], made);
  assert.deepEqual(ended.offers, []);
});

Deno.test("reduce() brings what was accepted to the middle, and the next when it is done", () => {
  let state = after([
    { type: "assignment.changed", assignment: assignment("a", "connected") },
    { type: "assignment.changed", assignment: assignment("b", "connected") },
  ]);
  assert.equal(state.selected, "b");
  state = reduce(state, { type: "select", interactionId: "a" });
  state = after(
    [{ type: "assignment.changed", assignment: assignment("b", "wrap-up") }],
    state,
  );
  assert.equal(state.selected, "a", "a change elsewhere does not take the screen away");
  state = after([{ type: "assignment.removed", interactionId: "a" }], state);
  assert.equal(state.selected, "b");
  state = after([{ type: "assignment.removed", interactionId: "b" }], state);
  assert.equal(state.selected, null);
});

Deno.test("reduce() keeps messages in order of time, each once, with the newest status", () => {
  let state = reduce(initialState(), { type: "sending", message: message("x", 5, "pending") });
  state = after([
    { type: "message.changed", message: message("early", 1) },
    { type: "message.changed", message: message("x", 5, "delivered") },
  ], state);
  assert.deepEqual(state.messages.map((m) => [m.id, m.status]), [
    ["early", "sent"],
    ["x", "delivered"],
  ]);
});

Deno.test("reduce() marks a reply that could not be sent", () => {
  let state = reduce(initialState(), { type: "sending", message: message("x", 5, "pending") });
  state = reduce(state, { type: "not-sent", messageId: "x", why: "cluster_unavailable" });
  assert.deepEqual([state.messages[0].status, state.messages[0].failure], [
    "failed",
    "cluster_unavailable",
  ]);
});

Deno.test("reduce() unmutes when the call is over and forgets all at sign-out", () => {
  let state = reduce(initialState(), { type: "softphone", state: "in-call" });
  state = reduce(state, { type: "muted", muted: true });
  state = reduce(state, { type: "softphone", state: "ready" });
  assert.equal(state.muted, false);
  state = reduce(state, { type: "signed-out", notice: "Signed out" });
  assert.deepEqual(state, { ...initialState(), phase: "signed-out", notice: "Signed out" });
});
