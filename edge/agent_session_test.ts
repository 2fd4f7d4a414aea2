import assert from "node:assert/strict";
import { SESSION_CLOSE } from "../protocol/agent_session/session_frame.ts";
import type { CellDouble } from "./testing/cell_double.ts";
import { DesktopDouble } from "./testing/desktop_double.ts";
import { EdgeStage } from "./testing/edge_stage.ts";
import { STAGE } from "./testing/stage_configuration.ts";

const available = { type: "agent.set-state", state: "available" } as const;

/** A push to an agent of one event for each mark. */
function pushing(stage: EdgeStage, agentId: string) {
  return async (marks: number[], epoch = 1, from: CellDouble = stage.cell): Promise<number> => {
    const events = marks.map((since) => ({
      deliveryId: `delivery ${since}`,
      event: {
        type: "agent.changed" as const,
        agent: {
          id: agentId,
          name: "Agent",
          state: "available" as const,
          idleCode: null,
          since,
          softphoneConnected: true,
        },
      },
    }));
    const response = await stage.push(from.key, {
      tenantId: STAGE.tenantId,
      agentId,
      epoch,
      events,
    });
    await response.body?.cancel();
    return response.status;
  };
}

Deno.test("an agent's session at the edge", async (t) => {
  await using stage = await EdgeStage.open();
  const { cell, url } = stage;
  const token = (agentId: string, seconds?: number) =>
    cell.accessToken(STAGE.tenantId, agentId, seconds);

  await t.step("begins with a snapshot and numbers what follows", async () => {
    const push = pushing(stage, "anna");
    await using desktop = await DesktopDouble.welcome(url, await token("anna"));
    await desktop.untilEvents(1);
    assert.equal(await push([1001, 1002]), 200);
    assert.equal(await push([1003]), 200);
    await desktop.untilEvents(4);
    assert.deepEqual(desktop.events.map(({ seq }) => seq), [1, 2, 3, 4]);
    assert.deepEqual(desktop.marks.slice(1), [1001, 1002, 1003]);
    const presence = await cell.presences.first((p) => p.agentId === "anna", "presence");
    assert.deepEqual([presence.connected, presence.edgeId], [true, "test"]);
  });

  await t.step("drops a push that came before", async () => {
    const push = pushing(stage, "bert");
    await using desktop = await DesktopDouble.welcome(url, await token("bert"));
    await desktop.untilEvents(1);
    for (const marks of [[1], [1, 2], [2], [3]]) assert.equal(await push(marks), 200);
    await desktop.untilEvents(4);
    assert.deepEqual(desktop.marks.slice(1), [1, 2, 3]);
  });

  await t.step("resumes after a drop without loss or repeat", async () => {
    const push = pushing(stage, "cora");
    const first = await DesktopDouble.welcome(url, await token("cora"));
    await first.untilEvents(1);
    await push([1, 2]);
    await first.untilEvents(3);
    await first[Symbol.asyncDispose]();
    await push([3]);
    await push([4, 5]);
    const from = { session: first.session, lastSeq: 2 };
    await using second = await DesktopDouble.welcome(url, await token("cora"), from);
    assert.deepEqual(second.frames.all[0], {
      type: "welcome",
      session: first.session,
      resumed: true,
    });
    await push([6]);
    await second.untilEvents(5);
    assert.deepEqual(second.marks, [2, 3, 4, 5, 6]);
    assert.deepEqual(second.events.map(({ seq }) => seq), [3, 4, 5, 6, 7]);
  });

  await t.step("gives a snapshot to a desktop that it cannot resume", async () => {
    const from = { session: crypto.randomUUID(), lastSeq: 2 };
    await using desktop = await DesktopDouble.welcome(url, await token("cora"), from);
    await desktop.untilEvents(1);
    const [welcome, event] = desktop.frames.all;
    assert.equal(welcome.type === "welcome" && welcome.resumed, false);
    assert.equal(event.type === "event" && event.event.type, "snapshot");
  });

  await t.step("resumes after the death of workerd", async () => {
    const push = pushing(stage, "dora");
    await using first = await DesktopDouble.welcome(url, await token("dora"));
    await first.untilEvents(1);
    await push([1]);
    await first.untilEvents(2);
    Deno.kill(stage.edge.workerdPid, "SIGKILL");
    await first.closed;
    const from = { session: first.session, lastSeq: 1 };
    let second: DesktopDouble | null = null;
    for (const until = Date.now() + 10_000; second === null && Date.now() < until;) {
      second = await DesktopDouble.welcome(url, await token("dora"), from).catch(() => null);
    }
    await using desktop = second!;
    await desktop.untilEvents(1);
    assert.equal(await push([1, 2]), 200);
    await desktop.untilEvents(2);
    assert.deepEqual(desktop.marks, [1, 2]);
  });

  await t.step("refuses a holder of the cluster that has been replaced", async () => {
    const push = pushing(stage, "emil");
    assert.equal(await push([1], 7), 200);
    assert.equal(await push([2], 6), 421);
    assert.equal(await push([3], 7), 200);
    assert.equal(await push([4], 8), 200);
    assert.equal(await push([5], 7), 421);
  });

  await t.step("refuses a push of another tenant's cluster", async () => {
    assert.equal(await pushing(stage, "anna")([9], 1, stage.otherCell), 403);
  });

  await t.step("refuses a person of a cluster that does not run their tenant", async () => {
    const foreign = await stage.otherCell.accessToken(STAGE.tenantId, "anna");
    await using desktop = await DesktopDouble.connect(url);
    const hello = { type: "hello", version: 1, session: null, lastSeq: null } as const;
    desktop.send({ ...hello, accessToken: foreign });
    assert.equal((await desktop.closed).code, SESSION_CLOSE.unauthenticated);
    await using late = await DesktopDouble.connect(url);
    late.send({ ...hello, accessToken: await token("anna", -60) });
    assert.equal((await late.closed).code, SESSION_CLOSE.unauthenticated);
  });

  await t.step("waits five seconds for a hello", async () => {
    const startedAt = performance.now();
    await using desktop = await DesktopDouble.connect(url);
    assert.equal((await desktop.closed).code, SESSION_CLOSE.helloTimeout);
    assert.ok(performance.now() - startedAt > 4_500);
  });

  await t.step("closes on a bad frame and says where it is bad", async () => {
    await using early = await DesktopDouble.connect(url);
    early.send({ type: "ping" });
    assert.deepEqual(await early.closed, {
      code: SESSION_CLOSE.badFrame,
      reason: "type: hello first",
    });
    await using desktop = await DesktopDouble.welcome(url, await token("anna"));
    desktop.socket.send('{"type":"command","commandId":"x"}');
    const { code, reason } = await desktop.closed;
    assert.equal(code, SESSION_CLOSE.badFrame);
    assert.match(reason, /^commandId: /);
  });

  await t.step("gives an agent's newest desktop the place of the older", async () => {
    await using older = await DesktopDouble.welcome(url, await token("fred"));
    await using newer = await DesktopDouble.welcome(url, await token("fred"));
    assert.equal((await older.closed).code, SESSION_CLOSE.replaced);
    assert.equal((await newer.command(available)).ok, true);
  });

  await t.step("closes when the token ends, unless a fresh one came", async () => {
    await using desktop = await DesktopDouble.welcome(url, await token("gina", 1));
    await using renewed = await DesktopDouble.welcome(url, await token("hugo", 1));
    renewed.send({ type: "token", accessToken: await token("hugo") });
    assert.equal((await desktop.closed).code, SESSION_CLOSE.unauthenticated);
    assert.equal((await renewed.command(available)).ok, true);
  });

  await t.step("answers pings and hands commands to the cell", async () => {
    await using desktop = await DesktopDouble.welcome(url, await token("ines"));
    desktop.send({ type: "ping" });
    await desktop.frames.first((frame) => frame.type === "pong", "pong");
    const commandId = crypto.randomUUID();
    assert.equal((await desktop.command(available, commandId)).ok, true);
    const taken = await cell.commands.first((c) => c.commandId === commandId, "the command");
    assert.deepEqual([taken.tenantId, taken.agentId, taken.command], [
      STAGE.tenantId,
      "ines",
      available,
    ]);
    cell.refuse = (path) => path === "/internal/agent-commands" ? "offer_gone" : null;
    const refused = await desktop.command(available);
    assert.deepEqual([refused.ok, refused.problem?.code], [false, "offer_gone"]);
    cell.refuse = () => null;
  });

  await t.step(
    "says that the cluster is away, tries a command again, and finds it back",
    async () => {
      await using desktop = await DesktopDouble.welcome(url, await token("jana"));
      await desktop.untilEvents(1);
      await cell.stop();
      const result = desktop.command(available);
      await desktop.frames.first((f) => f.type === "cluster" && !f.reachable, "cluster lost");
      cell.start();
      assert.equal((await result).ok, true);
      await desktop.frames.first((f) => f.type === "cluster" && f.reachable, "cluster found");
      await desktop.untilEvents(2);
      assert.equal(desktop.events[1].event.type, "snapshot");
    },
  );

  await t.step("gives a command up after twelve seconds", async () => {
    await using desktop = await DesktopDouble.welcome(url, await token("karl"));
    await desktop.untilEvents(1);
    cell.refuse = (path) => path === "/internal/agent-commands" ? "not_active" : null;
    const startedAt = performance.now();
    const { ok, problem } = await desktop.command(available);
    assert.deepEqual([ok, problem?.code], [false, "cluster_unavailable"]);
    assert.ok(performance.now() - startedAt > 11_500);
    cell.refuse = () => null;
  });

  await t.step("closes on a flood", async () => {
    await using desktop = await DesktopDouble.welcome(url, await token("lena"));
    for (let n = 0; n < 60; n++) {
      desktop.send({ type: "command", commandId: crypto.randomUUID(), command: available });
    }
    assert.equal((await desktop.closed).code, SESSION_CLOSE.tooMany);
  });

  await t.step("tells the cell that a desktop has gone, after a grace time", async () => {
    const gone = await cell.presences.first(
      (p) => p.agentId === "anna" && !p.connected,
      "anna's absence",
      30_000,
    );
    assert.equal(gone.tenantId, STAGE.tenantId);
    assert.ok(cell.presences.all.some((p) => p.agentId === "bert"));
  });
});
