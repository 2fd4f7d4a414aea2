import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { CommandOutcome } from "../session/command_outcome.ts";
import type { SessionClient } from "../session/session_client.ts";
import { SignOnClient } from "../sign_on/sign_on_client.ts";
import type { SoftphoneClient } from "../softphone/softphone_client.ts";
import { Store } from "../state/store.ts";
import {
  assignmentView,
  desktopSnapshot,
  offerView,
  sampleId,
  signOnAnswer,
} from "../testing/samples.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DesktopController } from "./desktop_controller.ts";

const refusal: CommandOutcome = {
  ok: false,
  problem: { type: "t", title: "t", status: 409, detail: "Not now.", code: "state_not_allowed" },
};
const away: CommandOutcome = {
  ok: false,
  problem: { type: "t", title: "t", status: 504, detail: "…", code: "deadline_exceeded" },
};
const request = { tenant: "northwind", username: "maria", password: "correct" };

function bench(options: { signedOn?: boolean } = {}) {
  const clock = new VirtualClock();
  const store = new Store();
  const calls: string[] = [];
  const commands: AgentCommand[] = [];
  const outcomes: CommandOutcome[] = [];
  const accepted: string[] = [];
  let signedOn = options.signedOn ?? false;
  let ids = 5_000;
  const record = (name: string) => () => void calls.push(name);
  const controller = new DesktopController({
    store,
    clock,
    random: () => 0.5,
    newId: () => sampleId(ids++),
    signOn: new SignOnClient((path, init) => {
      calls.push(path);
      const { password } = JSON.parse(String(init.body));
      if (path === "/v1/sign-on" && password === "correct") signedOn = true;
      if (path === "/v1/sign-off") signedOn = false;
      const status = path === "/v1/sign-off" || signedOn ? 200 : 401;
      return Promise.resolve(Response.json(status === 200 ? signOnAnswer() : {}, { status }));
    }),
    withLock: (task) => task(),
    makeSession: () =>
      ({
        start: record("session.start"),
        stop: record("session.stop"),
        retryNow: record("session.retry"),
        setToken: record("session.token"),
        setOnline: record("session.online"),
        command: (command: AgentCommand) => {
          commands.push(command);
          return Promise.resolve(outcomes.shift() ?? { ok: true });
        },
      }) as unknown as SessionClient,
    makeSoftphone: () =>
      ({
        start: record("softphone.start"),
        stop: record("softphone.stop"),
        retry: record("softphone.retry"),
        renewed: record("softphone.token"),
        callOver: record("softphone.over"),
        setMuted: record("softphone.mute"),
        sendDigits: () => Promise.reject(new Error("not connected")),
      }) as unknown as SoftphoneClient,
    unblockSound: record("unblock"),
    onAccepted: (interactionId) => accepted.push(interactionId),
  });
  const know = (change = {}) =>
    store.dispatch({
      type: "frame",
      at: clock.now(),
      frame: {
        type: "event",
        seq: 1,
        event: { type: "snapshot", snapshot: desktopSnapshot(change) },
      },
    });
  const settled = async () => {
    for (let i = 0; i < 50; i++) await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { controller, store, clock, calls, commands, outcomes, accepted, know, settled };
}

Deno.test("controller signs on and starts session and softphone", async () => {
  const { controller, store, calls, settled } = bench();
  controller.handle({ type: "sign-on", request });
  strictEqual(store.state.phase, "signing-in");
  await settled();
  strictEqual(store.state.phase, "signed-in");
  deepStrictEqual(calls, ["/v1/sign-on", "session.start", "softphone.start"]);
});

Deno.test("controller shows why a sign-on failed", async () => {
  const { controller, store, settled } = bench();
  controller.handle({ type: "sign-on", request: { ...request, password: "wrong" } });
  await settled();
  strictEqual(store.state.phase, "signed-out");
  strictEqual(store.state.signOnMessage?.includes("not right"), true);
});

Deno.test("controller resumes after a reload when the cookie holds", async () => {
  const fresh = bench();
  await fresh.controller.restore();
  deepStrictEqual([fresh.store.state.phase, fresh.store.state.signOnMessage], ["signed-out", null]);
  const known = bench({ signedOn: true });
  await known.controller.restore();
  strictEqual(known.store.state.phase, "signed-in");
});

Deno.test("controller renews the token for both sockets", async () => {
  const { controller, clock, calls, settled } = bench({ signedOn: true });
  await controller.restore();
  await clock.pass(840_000);
  await settled();
  deepStrictEqual(calls.slice(-3), ["/v1/sign-on/refresh", "session.token", "softphone.token"]);
});

Deno.test("controller accepts an offer and shows a refusal", async () => {
  const { controller, store, commands, outcomes, accepted, know, settled } = bench({
    signedOn: true,
  });
  await controller.restore();
  know({ offers: [offerView()] });
  outcomes.push(refusal);
  const { offerId, interactionId } = offerView();
  controller.handle({ type: "accept", offerId });
  deepStrictEqual(store.state.busy, { [offerId]: true });
  await settled();
  deepStrictEqual(commands, [{ type: "offer.accept", offerId }]);
  deepStrictEqual(accepted, [interactionId]);
  deepStrictEqual(store.state.busy, {});
  strictEqual(store.state.notices[0]?.text, "Not now.");
});

Deno.test("controller sends a reply again under its id", async () => {
  const { controller, store, commands, outcomes, know, settled } = bench({ signedOn: true });
  await controller.restore();
  const { interactionId } = assignmentView({ channel: "whatsapp" });
  know({ assignments: [assignmentView({ channel: "whatsapp" })] });
  outcomes.push(away);
  controller.handle({ type: "send-message", interactionId, text: "Yes." });
  await settled();
  strictEqual(store.state.unsent[0]?.status, "failed");
  const messageId = store.state.unsent[0]?.id ?? "";
  controller.handle({ type: "retry-message", messageId });
  await settled();
  strictEqual(store.state.unsent[0]?.status, "sending");
  const sent = { type: "message.send", interactionId, messageId, text: "Yes." };
  deepStrictEqual(commands, [sent, sent]);
});

Deno.test("controller signs out unless the platform refuses", async () => {
  const { controller, store, calls, outcomes, know, settled } = bench({ signedOn: true });
  await controller.restore();
  know();
  outcomes.push(refusal);
  controller.handle({ type: "sign-out" });
  await settled();
  strictEqual(store.state.phase, "signed-in");
  strictEqual(store.state.notices[0]?.text, "Not now.");
  outcomes.push(away);
  controller.handle({ type: "sign-out" });
  await settled();
  strictEqual(store.state.phase, "signed-out");
  deepStrictEqual(calls.slice(-3), ["session.stop", "softphone.stop", "/v1/sign-off"]);
});

Deno.test("controller says when a digit was not sent", async () => {
  const { controller, store, know, settled } = bench({ signedOn: true });
  await controller.restore();
  know();
  controller.handle({ type: "send-digit", digit: "5" });
  await settled();
  strictEqual(store.state.notices[0]?.text, "The digit could not be sent. Try again.");
});

Deno.test("controller tells the softphone when the last call is over", async () => {
  const { controller, calls, know } = bench({ signedOn: true });
  await controller.restore();
  know({ assignments: [assignmentView()] });
  strictEqual(calls.includes("softphone.over"), false);
  know({ assignments: [assignmentView({ state: "wrap-up" })] });
  strictEqual(calls.at(-1), "softphone.over");
});

Deno.test("controller passes the rest on to who does it", async () => {
  const { controller, store, calls, know } = bench({ signedOn: true });
  await controller.restore();
  know({ assignments: [assignmentView()] });
  const before = calls.length;
  controller.handle({ type: "retry-session" });
  controller.handle({ type: "retry-softphone" });
  controller.handle({ type: "unblock-sound" });
  controller.handle({ type: "toggle-mute" });
  controller.setOnline(true);
  deepStrictEqual(calls.slice(before), [
    "session.retry",
    "softphone.retry",
    "unblock",
    "softphone.mute",
    "session.online",
    "softphone.retry",
  ]);
  controller.handle({ type: "select", interactionId: null });
  strictEqual(store.state.selected, null);
});
