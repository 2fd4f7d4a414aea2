import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { FakeWebSocket } from "../testing/fake_web_socket.ts";
import { agentView, sampleId } from "../testing/samples.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { SessionClient } from "./session_client.ts";

const SESSION = sampleId(77);
const changed = (seq: number) => ({
  type: "event",
  seq,
  event: { type: "agent.changed", agent: agentView() },
});

function bench(renewals: (string | null | Error)[] = []) {
  const clock = new VirtualClock();
  const sockets: FakeWebSocket[] = [];
  const frames: SessionFrame[] = [];
  const statuses: string[] = [];
  let ids = 0;
  let token = "first";
  const client = new SessionClient({
    url: "ws://edge/v1/session",
    openSocket: (url) => {
      const socket = new FakeWebSocket(url);
      sockets.push(socket);
      return socket;
    },
    clock,
    random: () => 0.999,
    newId: () => sampleId(++ids),
    accessToken: () => token,
    renewToken: () => {
      const next = renewals.shift() ?? null;
      if (next instanceof Error) return Promise.reject(next);
      if (next !== null) token = next;
      return Promise.resolve(next);
    },
    onFrame: (frame) => frames.push(frame),
    onStatus: ({ status }) => statuses.push(status),
    log: createLogger({ service: "test", write: () => {} }),
  });
  const socket = () => sockets.at(-1) as FakeWebSocket;
  const welcome = (resumed = false) => {
    socket().open();
    socket().say({ type: "welcome", session: SESSION, resumed });
  };
  return { client, clock, sockets, socket, frames, statuses, welcome };
}

Deno.test("session says hello with its token and hands on events in order", () => {
  const { client, socket, frames, statuses, welcome } = bench();
  client.start();
  welcome();
  deepStrictEqual(socket().sent[0], {
    type: "hello",
    version: 1,
    accessToken: "first",
    session: null,
    lastSeq: null,
  });
  socket().say(changed(4));
  socket().say(changed(4));
  socket().say(changed(5));
  deepStrictEqual(frames.filter(({ type }) => type === "event").length, 2);
  deepStrictEqual(statuses, ["connecting", "connected"]);
  client.stop();
});

Deno.test("session resumes from the last event after a drop", async () => {
  const { client, clock, sockets, socket, statuses, welcome } = bench();
  client.start();
  welcome();
  socket().say(changed(4));
  socket().close(1006);
  await clock.pass(500);
  strictEqual(sockets.length, 2);
  welcome(true);
  const [hello] = socket().sent;
  deepStrictEqual([hello?.session, hello?.lastSeq], [SESSION, 4]);
  deepStrictEqual(statuses, ["connecting", "connected", "reconnecting", "connected"]);
  client.stop();
});

Deno.test("session asks for everything anew when an event is missing", async () => {
  const { client, clock, socket, frames, welcome } = bench();
  client.start();
  welcome();
  socket().say(changed(1));
  socket().say(changed(3));
  strictEqual(frames.filter(({ type }) => type === "event").length, 1);
  await clock.pass(500);
  socket().open();
  deepStrictEqual([socket().sent[0]?.session, socket().sent[0]?.lastSeq], [null, null]);
  client.stop();
});

Deno.test("session correlates a command with its result", async () => {
  const { client, socket, welcome } = bench();
  client.start();
  welcome();
  const outcome = client.command({ type: "agent.set-state", state: "available" });
  const [sent] = socket().sentOf("type", "command");
  const problem = { type: "t", title: "t", status: 409, detail: "No.", code: "conflict" };
  socket().say({ type: "result", commandId: sent?.commandId, ok: false, problem });
  deepStrictEqual(await outcome, { ok: false, problem });
  client.stop();
});

Deno.test("session sends an unanswered command again under its id", async () => {
  const { client, clock, socket, welcome } = bench();
  client.start();
  welcome();
  const outcome = client.command({ type: "agent.sign-out" });
  const [first] = socket().sentOf("type", "command");
  socket().close(1006);
  await clock.pass(500);
  welcome(true);
  const [again] = socket().sentOf("type", "command");
  deepStrictEqual(again, first);
  socket().say({ type: "result", commandId: again?.commandId, ok: true, problem: null });
  deepStrictEqual(await outcome, { ok: true });
  client.stop();
});

Deno.test("session ends a command at its deadline, connected or not", async () => {
  const { client, clock } = bench();
  client.start();
  const outcome = client.command({ type: "agent.sign-out" }, 3_000);
  await clock.pass(3_000);
  const ended = await outcome;
  strictEqual(!ended.ok && ended.problem.code, "deadline_exceeded");
  client.stop();
});

Deno.test("session pings after silence and reconnects without an answer", async () => {
  const { client, clock, sockets, socket, statuses, welcome } = bench();
  client.start();
  welcome();
  await clock.pass(20_000);
  strictEqual(socket().sentOf("type", "ping").length, 1);
  socket().say({ type: "pong" });
  await clock.pass(20_000 + 8_000);
  strictEqual(statuses.at(-1), "reconnecting");
  await clock.pass(500);
  strictEqual(sockets.length, 2);
  client.stop();
});

Deno.test("session calls itself offline after several failed tries and recovers", async () => {
  const { client, clock, socket, statuses, welcome } = bench();
  client.start();
  for (let i = 0; i < 5; i++) {
    socket().close(1006);
    await clock.pass(16_000);
  }
  match(statuses.join(), /reconnecting,.*offline$/);
  client.retryNow();
  welcome();
  strictEqual(statuses.at(-1), "connected");
  client.stop();
});

Deno.test("session gets a fresh token when its own is refused", async () => {
  const { client, clock, sockets, socket } = bench(["second"]);
  client.start();
  socket().open();
  socket().close(4401);
  await clock.pass(0);
  strictEqual(sockets.length, 2);
  socket().open();
  strictEqual(socket().sent[0]?.accessToken, "second");
  client.stop();
});

Deno.test("session ends when the sign-in is over", async () => {
  const { client, clock, socket, statuses } = bench([null]);
  client.start();
  const outcome = client.command({ type: "agent.sign-out" });
  socket().open();
  socket().close(4401);
  await clock.pass(0);
  strictEqual(statuses.at(-1), "ended");
  const ended = await outcome;
  strictEqual(!ended.ok && ended.problem.code, "unavailable");
  strictEqual(clock.pending, 0);
});

Deno.test("session ends when fresh tokens are refused again and again", async () => {
  const { client, clock, socket, statuses } = bench(["a", "b", "c", "d"]);
  client.start();
  for (let i = 0; i < 3; i++) {
    socket().open();
    socket().close(4401);
    await clock.pass(0);
  }
  strictEqual(statuses.at(-1), "ended");
});

Deno.test("session waits and tries again when the token cannot be renewed just now", async () => {
  const { client, clock, sockets, socket, statuses } = bench([new Error("edge is away")]);
  client.start();
  socket().open();
  socket().close(4401);
  await clock.pass(500);
  strictEqual(statuses.at(-1), "reconnecting");
  strictEqual(sockets.length, 2);
  client.stop();
});

Deno.test("session stays away once another window took over, until asked", async () => {
  const { client, clock, sockets, socket, statuses, welcome } = bench();
  client.start();
  welcome();
  socket().close(4409);
  await clock.pass(60_000);
  strictEqual(statuses.at(-1), "replaced");
  strictEqual(sockets.length, 1);
  client.retryNow();
  strictEqual(sockets.length, 2);
  client.stop();
});

Deno.test("session reconnects from nothing when a frame makes no sense", async () => {
  const { client, clock, sockets, socket, welcome } = bench();
  client.start();
  welcome();
  socket().say("{");
  await clock.pass(7_000);
  strictEqual(sockets.length, 1);
  await clock.pass(1_000);
  strictEqual(sockets.length, 2);
  socket().open();
  strictEqual(socket().sent[0]?.session, null);
  client.stop();
});

Deno.test("session follows what the browser says of the network", async () => {
  const { client, clock, sockets, socket, statuses, welcome } = bench();
  client.start();
  welcome();
  client.setOnline(false);
  strictEqual(socket().sentOf("type", "ping").length, 1);
  await clock.pass(8_000);
  strictEqual(statuses.at(-1), "offline");
  client.setOnline(true);
  strictEqual(sockets.length, 2);
  client.stop();
});

Deno.test("session hands on a fresh token", () => {
  const { client, socket, welcome } = bench();
  client.start();
  client.setToken("second");
  welcome();
  client.setToken("second");
  deepStrictEqual(socket().sentOf("type", "token"), [{ type: "token", accessToken: "second" }]);
  client.stop();
});

Deno.test("session leaves nothing behind when it stops", () => {
  const { client, clock, socket, welcome } = bench();
  client.start();
  welcome();
  client.stop();
  strictEqual(socket().readyState, 3);
  strictEqual(clock.pending, 0);
});
