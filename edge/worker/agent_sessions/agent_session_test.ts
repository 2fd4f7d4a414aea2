import assert from "node:assert/strict";
import { SESSION_CLOSE } from "../../../protocol/agent_session/session_frame.ts";
import { sampleEvent, sampleSnapshot } from "../testing/sample_events.ts";
import { SessionStage } from "../testing/session_stage.ts";
import type { SessionPush } from "./agent_session_calls.ts";

const available = { type: "agent.set-state", state: "available" };
const id = (n: number) => `0198c5a0-0000-7000-8000-${String(n).padStart(12, "0")}`;

function push(marks: number[], epoch = 1, clusterId = "E39"): SessionPush {
  const events = marks.map((n) => ({ deliveryId: `d${n}`, event: sampleEvent(n) }));
  return { clusterId, epoch, events };
}

Deno.test("AgentSession greets with welcome, then a snapshot", async () => {
  using s = new SessionStage();
  const desktop = await s.welcome();
  assert.deepEqual(desktop.types, ["welcome", "snapshot"]);
  assert.deepEqual(s.presences, [true]);
});

Deno.test("AgentSession resumes without asking the cell when the cell knows of no absence", async () => {
  using s = new SessionStage();
  const first = await s.welcome();
  await s.session.push(push([1, 2]));
  await s.drop(first);
  await s.session.push(push([3]));
  await s.pass(10_000);
  s.session = s.restarted();
  const second = await s.welcome({ lastSeq: 2 });
  assert.deepEqual(second.seqs, [3, 4]);
  assert.deepEqual(second.types, ["welcome", "agent.changed", "agent.changed"]);
  await s.pass(60_000);
  assert.deepEqual(s.presences, [true]);
});

Deno.test("AgentSession tells an absence after the grace time, until it is taken", async () => {
  using s = new SessionStage();
  await s.drop(await s.welcome());
  await s.pass(14_000);
  assert.deepEqual(s.presences, [true]);
  s.reachable = false;
  await s.pass(10_000);
  assert.ok(s.presences.length > 2 && s.presences.slice(1).every((connected) => !connected));
  s.reachable = true;
  await s.pass(60_000);
  const told = s.presences.length;
  await s.pass(60 * 60_000);
  assert.equal(s.presences.length, told);
});

Deno.test("AgentSession tells the cell again, and brings a snapshot, after an absence", async () => {
  using s = new SessionStage();
  await s.drop(await s.welcome());
  await s.pass(16_000);
  await s.session.push(push([1]));
  const back = await s.welcome({ lastSeq: 1 });
  assert.deepEqual(s.presences, [true, false, true]);
  assert.deepEqual(back.types, ["welcome", "agent.changed", "snapshot"]);
});

Deno.test("AgentSession notices after a restart that its desktops are gone", async () => {
  using s = new SessionStage();
  await s.welcome();
  s.connections.length = 0;
  s.session = s.restarted();
  await s.pass(60_000);
  assert.deepEqual(s.presences, [true, false]);
});

Deno.test("AgentSession numbers a snapshot before what was pushed while it was on its way", async () => {
  using s = new SessionStage();
  const answer = Promise.withResolvers<void>();
  s.presence = async () => {
    await answer.promise;
    return { kind: "taken", snapshot: sampleSnapshot(1) };
  };
  const desktop = await s.connect();
  await s.session.message(
    desktop,
    JSON.stringify({
      type: "hello",
      version: 1,
      accessToken: s.token(),
      session: null,
      lastSeq: null,
    }),
  );
  const pushed = s.session.push(push([1]));
  await Promise.resolve();
  assert.deepEqual(desktop.types, ["welcome"]);
  answer.resolve();
  assert.equal(await pushed, "taken");
  await s.settled();
  assert.deepEqual(desktop.types, ["welcome", "snapshot", "agent.changed"]);
});

Deno.test("AgentSession fences older epochs of a cluster, not another cluster's count", async () => {
  using s = new SessionStage();
  assert.equal(await s.session.push(push([1], 7)), "taken");
  assert.equal(await s.session.push(push([2], 6)), "stale_epoch");
  s.session = s.restarted();
  assert.equal(await s.session.push(push([3], 6)), "stale_epoch");
  assert.equal(await s.session.push(push([4], 1, "C14")), "taken");
  assert.equal(await s.session.push(push([5], 6)), "stale_epoch", "nor when it comes back");
  assert.equal(await s.session.push(push([6], 8)), "taken");
});

Deno.test("AgentSession shows its desktops what a new holder knows, once", async () => {
  using s = new SessionStage();
  const desktop = await s.welcome();
  await s.session.push(push([1], 7));
  await s.settled();
  assert.deepEqual(desktop.types, ["welcome", "snapshot", "agent.changed"]);
  await s.session.push(push([2], 8));
  await s.session.push(push([3], 8));
  await s.settled();
  const events = desktop.types.slice(3).toSorted();
  assert.deepEqual(events, ["agent.changed", "agent.changed", "snapshot"]);
  // Nothing is pushed, but somebody else was answered by a newer one.
  s.holder = { clusterId: "E39", epoch: 9 };
  await s.pass(21_000);
  assert.equal(desktop.types.at(-1), "snapshot");
  s.holder = { clusterId: "E39", epoch: 8 };
  const { length } = desktop.types;
  await s.pass(60_000);
  assert.equal(desktop.types.length, length);
  assert.equal(await s.session.push(push([4], 8)), "stale_epoch");
});

Deno.test("AgentSession keeps trying for a snapshot while the cluster is away", async () => {
  using s = new SessionStage();
  s.reachable = false;
  const desktop = await s.welcome();
  await s.pass(2_500);
  assert.deepEqual(desktop.types, ["welcome"], "nobody is told before it lasts");
  await s.pass(1_000);
  assert.deepEqual(desktop.types, ["welcome", "cluster"]);
  await s.pass(26_500);
  const tries = s.presences.length;
  assert.ok(tries > 5 && tries < 20, String(tries));
  s.reachable = true;
  await s.pass(1_000);
  assert.deepEqual(desktop.types.toSorted(), ["cluster", "cluster", "snapshot", "welcome"]);
  const last = s.presences.length;
  await s.pass(60_000);
  assert.equal(s.presences.length, last);
});

Deno.test("AgentSession notices an outage and its end though nobody does anything", async () => {
  using s = new SessionStage();
  const desktop = await s.welcome();
  s.reachable = false;
  await s.pass(25_000);
  assert.deepEqual(desktop.frames.at(-1), { type: "cluster", reachable: false });
  s.reachable = true;
  await s.pass(1_000);
  assert.deepEqual(desktop.types.slice(2), ["cluster", "cluster", "snapshot"]);
});

Deno.test("AgentSession says nothing of a cluster that is away for two seconds", async () => {
  using s = new SessionStage();
  const desktop = await s.welcome();
  s.reachable = false;
  let failed = 0;
  s.command = () => ++failed > 1 ? { kind: "done" } : { kind: "again" };
  const told = s.say(desktop, { type: "command", commandId: id(1), command: available });
  await s.pass(2_000);
  s.reachable = true;
  await told;
  await s.pass(5_000);
  assert.deepEqual(desktop.types, ["welcome", "snapshot", "result"]);
  assert.deepEqual(s.presences, [true]);
  assert.equal(s.timers.size, 0, "and looks for it no more");
});

Deno.test("AgentSession closes sockets whose hello, token or pings do not come", async () => {
  using s = new SessionStage();
  const silent = await s.connect();
  await s.pass(5_000);
  assert.equal(silent.closeCode, SESSION_CLOSE.helloTimeout);
  const short = await s.welcome(null, s.token(30));
  await s.pass(29_000);
  assert.equal(short.closeCode, null);
  await s.pass(1_000);
  assert.equal(short.closeCode, SESSION_CLOSE.unauthenticated);
  const pinging = await s.welcome();
  pinging.pingedAt = s.now;
  await s.pass(149_000);
  assert.equal(pinging.closeCode, null);
  await s.pass(22_000);
  assert.equal(pinging.closeCode, SESSION_CLOSE.helloTimeout);
});

Deno.test("AgentSession takes a fresh token, and none of another agent", async () => {
  using s = new SessionStage();
  const desktop = await s.welcome(null, s.token(30));
  await s.say(desktop, { type: "token", accessToken: s.token(600) });
  await s.pass(60_000);
  assert.equal(desktop.closeCode, null);
  await s.say(desktop, { type: "token", accessToken: s.token(600, "otto") });
  assert.equal(desktop.closeCode, SESSION_CLOSE.unauthenticated);
  const foreign = await s.welcome(null, s.token(600, "otto"));
  assert.equal(foreign.closeCode, SESSION_CLOSE.unauthenticated);
  const bad = await s.welcome(null, "no token");
  assert.equal(bad.closeCode, SESSION_CLOSE.unauthenticated);
});

Deno.test("AgentSession lets the newest desktop replace the older ones", async () => {
  using s = new SessionStage();
  const older = await s.welcome();
  const newer = await s.welcome();
  assert.equal(older.closeCode, SESSION_CLOSE.replaced);
  await s.session.push(push([1]));
  assert.equal(newer.types.at(-1), "agent.changed");
  assert.notEqual(older.types.at(-1), "agent.changed");
  await s.session.closed(older);
  await s.pass(60_000);
  assert.ok(s.presences.every((connected) => connected));
});

Deno.test("AgentSession answers commands and refuses a second hello, early frames and floods", async () => {
  using s = new SessionStage();
  const desktop = await s.welcome();
  await s.say(desktop, { type: "command", commandId: id(1), command: available });
  assert.deepEqual(desktop.frames.at(-1), {
    type: "result",
    commandId: id(1),
    ok: true,
    problem: null,
  });
  await s.say(desktop, {
    type: "hello",
    version: 1,
    accessToken: s.token(),
    session: null,
    lastSeq: null,
  });
  assert.deepEqual(desktop.closed, { code: 4400, reason: "type: one hello only" });
  const early = await s.connect();
  await s.say(early, { type: "ping" });
  assert.deepEqual(early.closed, { code: 4400, reason: "type: hello first" });
  const flood = await s.welcome();
  for (let n = 0; n < 20; n++) await s.say(flood, { type: "ping" });
  assert.equal(flood.closeCode, SESSION_CLOSE.tooMany);
});

Deno.test("AgentSession forgets events after a day though nothing more happens", async () => {
  using s = new SessionStage();
  await s.drop(await s.welcome());
  await s.session.push(push([1]));
  await s.pass(25 * 60 * 60_000);
  assert.equal(s.sql.all("SELECT * FROM event").length, 0);
  assert.equal(s.alarmAt, null);
});

Deno.test("AgentSession does not believe a snapshot of a holder that has lost its cluster", async () => {
  using s = new SessionStage();
  const answers = [6, 8];
  s.presence = () => {
    const holder = { clusterId: "E39", epoch: answers.shift() ?? 8 };
    return Promise.resolve({ kind: "taken", snapshot: { ...sampleSnapshot(1), holder } });
  };
  assert.equal(await s.session.push(push([1], 7)), "taken");
  const desktop = await s.welcome();
  assert.deepEqual(desktop.types.filter((type) => type === "snapshot"), []);
  await s.pass(2_000);
  assert.deepEqual(desktop.types.filter((type) => type === "snapshot"), ["snapshot"]);
  assert.equal(await s.session.push(push([2], 7)), "stale_epoch");
});
