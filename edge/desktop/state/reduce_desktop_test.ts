import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import {
  agentView,
  assignmentView,
  desktopSnapshot,
  messageOf,
  offerView,
  SAMPLE_NOW,
  sampleId,
  signOnAnswer,
} from "../testing/samples.ts";
import type { DesktopAction } from "./desktop_action.ts";
import type { DesktopState } from "./desktop_state.ts";
import { initialState } from "./initial_state.ts";
import { reduceDesktop } from "./reduce_desktop.ts";

const problem = { type: "t", title: "t", status: 409, detail: "Not now.", code: "x" };

function event(of: AgentEvent, at = SAMPLE_NOW): DesktopAction {
  return { type: "frame", frame: { type: "event", seq: 1, event: of }, at };
}

function after(...actions: DesktopAction[]): DesktopState {
  return actions.reduce(reduceDesktop, initialState);
}

const signedOn: DesktopAction = { type: "signed-on", answer: signOnAnswer() };
const snapshot = (change = {}) => event({ type: "snapshot", snapshot: desktopSnapshot(change) });

Deno.test("desktop goes from the sign-in to the workspace and back", () => {
  strictEqual(after({ type: "sign-on-started" }).phase, "signing-in");
  const failed = after({ type: "sign-on-failed", message: "No." });
  deepStrictEqual([failed.phase, failed.signOnMessage], ["signed-out", "No."]);
  const inside = after(signedOn, snapshot({ offers: [offerView()] }));
  deepStrictEqual([inside.phase, inside.person?.tenantName], ["signed-in", "Northwind Travel"]);
  const out = reduceDesktop(inside, { type: "signed-out", message: null });
  deepStrictEqual([out.phase, out.offers, out.person], ["signed-out", [], null]);
});

Deno.test("desktop announces an offer once and takes it away when it ends", () => {
  const made = after(signedOn, snapshot(), event({ type: "offer.made", offer: offerView() }));
  match(made.announcement.text, /Call from \+49 699 002 00 for Sales/);
  strictEqual(made.announcement.urgent, true);
  const again = reduceDesktop(made, event({ type: "offer.made", offer: offerView() }));
  strictEqual(again.offers.length, 1);
  strictEqual(again.announcement.id, made.announcement.id);
  const { offerId, interactionId } = offerView();
  const ended = reduceDesktop(
    made,
    event({ type: "offer.ended", offerId, interactionId, reason: "timed-out" }),
  );
  deepStrictEqual(ended.offers, []);
  match(ended.announcement.text, /not accepted in time/);
});

Deno.test("desktop shows what was accepted", () => {
  const busy = assignmentView({ interactionId: sampleId(9), channel: "whatsapp" });
  const made = after(
    signedOn,
    snapshot({ assignments: [busy] }),
    event({ type: "offer.made", offer: offerView() }),
    { type: "command-started", key: offerView().offerId, awaited: offerView().interactionId },
  );
  strictEqual(made.selected, busy.interactionId);
  const accepted = reduceDesktop(
    made,
    event({ type: "assignment.changed", assignment: assignmentView() }),
  );
  strictEqual(accepted.selected, assignmentView().interactionId);
  deepStrictEqual(accepted.offers, []);
});

Deno.test("desktop does not turn away from what is shown for anything not asked for", () => {
  const shown = after(signedOn, snapshot({ assignments: [assignmentView()] }));
  const other = assignmentView({ interactionId: sampleId(11), channel: "whatsapp" });
  const next = reduceDesktop(shown, event({ type: "assignment.changed", assignment: other }));
  strictEqual(next.selected, assignmentView().interactionId);
});

Deno.test("desktop shows the next interaction when the shown one is gone", () => {
  const other = assignmentView({ interactionId: sampleId(11), channel: "whatsapp" });
  const state = after(
    signedOn,
    snapshot({ assignments: [assignmentView(), other] }),
    { type: "selected", interactionId: assignmentView().interactionId },
    { type: "drafted", interactionId: assignmentView().interactionId, text: "…" },
    event({ type: "assignment.removed", interactionId: assignmentView().interactionId }),
  );
  strictEqual(state.selected, other.interactionId);
  deepStrictEqual(state.drafts, {});
});

Deno.test("desktop counts messages that were not seen", () => {
  const thread = assignmentView({ interactionId: sampleId(20), channel: "whatsapp" });
  const call = assignmentView();
  const state = after(
    signedOn,
    snapshot({ assignments: [call, thread] }),
    { type: "selected", interactionId: call.interactionId },
    event({ type: "message.changed", message: messageOf() }),
    event({ type: "message.changed", message: messageOf() }),
    event({ type: "message.changed", message: messageOf({ id: sampleId(1001) }) }),
  );
  strictEqual(state.unread[sampleId(20)], 2);
  match(state.announcement.text, /New message/);
  const read = reduceDesktop(state, { type: "selected", interactionId: sampleId(20) });
  deepStrictEqual(read.unread, {});
});

Deno.test("desktop keeps a reply until the platform has it", () => {
  const messageId = sampleId(5000);
  const interactionId = sampleId(20);
  const thread = assignmentView({ interactionId, channel: "whatsapp" });
  const started = after(
    signedOn,
    snapshot({ assignments: [thread] }),
    { type: "drafted", interactionId, text: "Yes." },
    { type: "message-started", messageId, interactionId, text: "Yes.", at: SAMPLE_NOW },
  );
  deepStrictEqual(started.drafts, {});
  const failed = reduceDesktop(started, { type: "message-failed", messageId, problem });
  deepStrictEqual([failed.unsent[0]?.status, failed.unsent[0]?.reason], ["failed", "Not now."]);
  const repeated = reduceDesktop(failed, { type: "message-repeated", messageId, at: SAMPLE_NOW });
  strictEqual(repeated.unsent[0]?.status, "sending");
  const message = messageOf({ id: messageId, direction: "outbound", status: "sent" });
  const taken = reduceDesktop(repeated, event({ type: "message.changed", message }));
  deepStrictEqual([taken.unsent, taken.messages[interactionId]], [[], [message]]);
  const gone = reduceDesktop(failed, { type: "message-discarded", messageId });
  deepStrictEqual(gone.unsent, []);
});

Deno.test("desktop takes a new snapshot without losing what the agent wrote", () => {
  const interactionId = sampleId(20);
  const thread = assignmentView({ interactionId, channel: "whatsapp" });
  const known = messageOf({ id: sampleId(5001), direction: "outbound", status: "sent" });
  const state = after(
    signedOn,
    snapshot({ assignments: [thread] }),
    { type: "drafted", interactionId, text: "half a" },
    {
      type: "message-started",
      messageId: sampleId(5000),
      interactionId,
      text: "a",
      at: SAMPLE_NOW,
    },
    { type: "message-started", messageId: known.id, interactionId, text: "b", at: SAMPLE_NOW },
    { type: "drafted", interactionId, text: "half a" },
    snapshot({ assignments: [thread], messages: [known] }),
  );
  strictEqual(state.drafts[interactionId], "half a");
  deepStrictEqual(state.unsent.map(({ id }) => id), [sampleId(5000)]);
  strictEqual(state.selected, interactionId);
});

Deno.test("desktop marks what a command works on, and says when it is refused", () => {
  const key = "agent";
  const started = after(signedOn, snapshot(), { type: "command-started", key });
  deepStrictEqual(started.busy, { agent: true });
  const refused = reduceDesktop(started, { type: "command-ended", key, problem });
  deepStrictEqual(refused.busy, {});
  deepStrictEqual(refused.notices.map(({ text }) => text), ["Not now."]);
  const done = reduceDesktop(refused, { type: "command-ended", key, problem: null });
  deepStrictEqual(done.notices, []);
  const id = refused.notices[0]?.id ?? 0;
  deepStrictEqual(reduceDesktop(refused, { type: "notice-dismissed", id }).notices, []);
});

Deno.test("desktop says when the connection goes and comes", () => {
  const up = after(
    signedOn,
    { type: "session", status: { status: "connected", retryAt: null } },
    snapshot(),
  );
  const down = reduceDesktop(up, {
    type: "session",
    status: { status: "reconnecting", retryAt: 1 },
  });
  match(down.announcement.text, /connection is lost/);
  const back = reduceDesktop(down, {
    type: "session",
    status: { status: "connected", retryAt: null },
  });
  match(back.announcement.text, /Connected again/);
});

Deno.test("desktop says when the cluster goes and comes, once each", () => {
  const down: DesktopAction = {
    type: "frame",
    frame: { type: "cluster", reachable: false },
    at: SAMPLE_NOW,
  };
  const state = after(signedOn, snapshot(), down);
  match(state.announcement.text, /does not answer/);
  strictEqual(reduceDesktop(state, down), state);
});

Deno.test("desktop tells of a missed offer and of a refused microphone", () => {
  const rona = event({ type: "agent.changed", agent: agentView({ state: "rona" }) });
  match(after(signedOn, snapshot(), rona).announcement.text, /missed an offer/);
  const softphone = { ...initialState.softphone, status: "refused" as const };
  match(after(signedOn, { type: "softphone", softphone }).announcement.text, /microphone/);
});

Deno.test("desktop never shows an interaction it does not have", () => {
  const ids = fc.integer({ min: 1, max: 4 }).map(sampleId);
  const happening = fc.oneof(
    ids.map((interactionId) =>
      event({
        type: "offer.made",
        offer: offerView({ interactionId, offerId: interactionId }),
      })
    ),
    fc.tuple(ids, fc.constantFrom("connecting", "connected", "wrap-up")).map((
      [interactionId, state],
    ) =>
      event({ type: "assignment.changed", assignment: assignmentView({ interactionId, state }) })
    ),
    ids.map((interactionId) => event({ type: "assignment.removed", interactionId })),
    ids.map((interactionId) =>
      event({ type: "message.changed", message: messageOf({ interactionId }) })
    ),
    fc.array(ids, { maxLength: 3 }).map((held) =>
      snapshot({
        assignments: [...new Set(held)].map((interactionId) => assignmentView({ interactionId })),
      })
    ),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (actions) => {
      const state = after(signedOn, ...actions);
      const held = state.assignments.map(({ interactionId }) => interactionId);
      strictEqual(new Set(held).size, held.length);
      strictEqual(state.selected === null, held.length === 0);
      if (state.selected) strictEqual(held.includes(state.selected), true);
      for (const { interactionId } of state.offers) {
        strictEqual(state.offers.filter((one) => one.interactionId === interactionId).length, 1);
      }
    }),
  );
});
