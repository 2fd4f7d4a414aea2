import assert from "node:assert/strict";
import { signClusterNotice } from "../../protocol/cluster_notice/sign_cluster_notice.ts";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import type { Softphone } from "../../protocol/pop_link/pop_frame.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { CellDouble } from "../testing/cell_double.ts";
import { Watched } from "../testing/watched.ts";
import { CellLink, type CellLinkOptions } from "./cell_link.ts";
import type { LinkTimes } from "./link_times.ts";

const TENANT = "018f0000-0000-7000-8000-000000000001";
const call = { tenantId: TENANT, callId: "018f0000-0000-7000-8000-00000000000c" };
const answered = { ...call, at: 1, event: { type: "call.answered", codec: "PCMA" } } as const;
const answer: CallCommand = { type: "answer" };
const TIMES: LinkTimes = {
  ...{ connect: 2000, welcome: 2000, ping: 20, silence: 60_000 },
  ...{ firstBackoff: 5, longestBackoff: 20, rival: 60_000 },
};

/** A PoP's link to two addresses of a cluster. */
function stage(cells: CellDouble[], changes: Partial<CellLinkOptions> = {}) {
  const commands: string[] = [];
  const lines = new Watched<Record<string, unknown>>();
  const counters = new Counters();
  const link = new CellLink({
    clusterId: "E39",
    urls: cells.map((cell) => cell.url),
    popId: "FRA",
    bootId: "018f0000-0000-7000-8000-0000000000b0",
    token: (audience) => Promise.resolve(`token for ${audience}`),
    keys: () => [],
    liveCalls: () => [call],
    softphones: () => [],
    onCommand: ({ commandId }) => (commands.push(commandId), { ok: true, code: null }),
    outboxLimit: 100,
    times: TIMES,
    log: createLogger({ service: "test", write: (line) => lines.push(JSON.parse(line)) }),
    counters,
    ...changes,
  });
  link.start();
  return {
    ...{ link, commands, counters },
    logged: (event: string, count = 1) =>
      lines.first(
        () => lines.items.filter((line) => line.event === event).length >= count,
        `${count} of ${event}`,
      ),
    async [Symbol.asyncDispose]() {
      await link.stop();
      await Promise.all(cells.map((cell) => cell.close()));
    },
  };
}

Deno.test("CellLink says hello at every address at once and keeps the standby's socket", async () => {
  const [home, standby] = [new CellDouble({ epoch: 3 }), new CellDouble({ standby: true })];
  await using t = stage([home, standby]);
  await Promise.all([home.frame("hello"), standby.frame("hello")]);
  t.link.publish(answered);
  await home.frame("event");
  assert.deepEqual([standby.connections, standby.events.length], [1, 0]);
});

Deno.test("CellLink follows a standby that calls, at once, while the older socket stands", async () => {
  const [home, standby] = [new CellDouble({ epoch: 3 }), new CellDouble({ standby: true })];
  const live = [call];
  const softphones: Softphone[] = [];
  await using t = stage([home, standby], {
    liveCalls: () => live,
    softphones: () => softphones,
  });
  await Promise.all([t.logged("link.up"), standby.frame("hello")]);
  home.acks = false;
  home.frozen = true;
  for (let i = 0; i < 3; i++) t.link.publish(answered);
  live.push({ ...call, callId: "018f0000-0000-7000-8000-00000000000d" });
  softphones.push({ tenantId: TENANT, agentId: "anna" });
  standby.lastSeq = 1;
  standby.activate(4);
  const hello = await standby.frame("hello", () => true, 1);
  assert.deepEqual([hello.liveCalls, hello.softphones], [live, softphones]);
  await standby.frame("event", ({ seq }) => seq === 3);
  assert.deepEqual(standby.events.map(({ seq }) => seq), [2, 3]);
  assert.equal(t.counters.get("antiphon_cell_link_moves_total", { cluster: "E39" }), 1);
  assert.equal(t.link.up, true);
});

Deno.test("CellLink carries out nothing of an older holder that goes on talking", async () => {
  const [home, standby] = [new CellDouble({ epoch: 3 }), new CellDouble({ standby: true })];
  await using t = stage([home, standby]);
  await Promise.all([t.logged("link.up"), standby.frame("hello")]);
  assert.equal((await home.command(call, answer, "a")).ok, true);
  standby.acks = false;
  standby.activate(4);
  await t.logged("link.up", 2);
  t.link.publish(answered);
  await standby.frame("event");
  // Its own epoch, and one that it makes up.
  for (const epoch of [3, 4, 9]) {
    const refused = await home.command(call, answer, `late ${epoch}`, epoch);
    assert.deepEqual([refused.ok, refused.code], [false, "stale_epoch"]);
  }
  home.send({ type: "ack", seq: 1 });
  assert.equal((await home.command(call, answer, "later")).code, "stale_epoch");
  assert.equal(t.link.pending, 1, "its acknowledgement counts for nothing");
  assert.equal((await standby.command(call, answer, "b")).ok, true);
  assert.deepEqual(t.commands, ["a", "b"]);
  assert.equal(home.events.length, 0);
});

Deno.test("CellLink refuses a stale welcome and never goes back", async () => {
  const [home, standby] = [new CellDouble({ epoch: 3 }), new CellDouble({ epoch: 4 })];
  await using t = stage([home, standby]);
  await standby.frame("hello");
  home.drop();
  await t.logged("link.stale_epoch");
  standby.active = false;
  standby.drop();
  await t.logged("link.down");
  home.drop();
  await t.logged("link.stale_epoch", 2);
  assert.equal(t.link.up, false);
  assert.equal((await home.command(call, answer)).code, "stale_epoch");
  assert.deepEqual(t.commands, []);
});

Deno.test("CellLink keeps to the first of two cells of one epoch until that is gone", async () => {
  const [first, second] = [new CellDouble({ epoch: 3 }), new CellDouble({ epoch: 3 })];
  await using t = stage([first, second]);
  await t.logged("link.two_holders");
  const [followed, rival] = (await first.command(call, answer, "a").then(
      ({ ok }) => ok,
      () => false,
    ))
    ? [first, second]
    : [second, first];
  assert.equal(t.counters.get("antiphon_cell_link_rivals_total", { cluster: "E39" }), 1);
  followed.active = false;
  followed.drop();
  await t.logged("link.up", 2);
  assert.equal((await rival.command(call, answer, "b")).ok, true);
});

Deno.test("CellLink notices a frozen cell, and the other address never waits for it", async () => {
  const [home, standby] = [new CellDouble({ epoch: 3 }), new CellDouble({ standby: true })];
  await using t = stage([home, standby], { times: { ...TIMES, silence: 200 } });
  await Promise.all([t.logged("link.up"), standby.frame("hello")]);
  home.frozen = true;
  await t.logged("link.silent");
  assert.equal(t.link.up, false);
  t.link.publish(answered);
  standby.activate(4);
  await standby.frame("event");
  assert.equal(standby.connections, 2, "its one socket, two hellos");
  home.frozen = false;
  home.standby = true;
  await home.frame("hello", () => true, home.frames.items.length);
});

Deno.test("CellLink opens sockets to new addresses and leaves those that are not the cluster's", async () => {
  const [home, standby] = [new CellDouble({ epoch: 3 }), new CellDouble({ epoch: 4 })];
  await using t = stage([home]);
  await using _ = { [Symbol.asyncDispose]: () => standby.close() };
  await home.frame("hello");
  t.link.relocate([home.url, `${home.url}/`, standby.url]);
  await t.logged("link.up", 2);
  assert.equal(home.connections, 1);
  t.link.relocate([home.url]);
  await t.logged("link.down");
  t.link.publish(answered);
  assert.equal(t.link.pending, 1, "the one that is left is outdated");
});

Deno.test("CellLink knocks sooner where a true notice points, and nowhere for a forged one", async () => {
  const cell = await generateServiceKey("cell:E39", "k1");
  const other = await generateServiceKey("cell:C14", "k2");
  const [home, standby] = [new CellDouble({ active: false }), new CellDouble({ standby: true })];
  const notice = { clusterId: "E39", epoch: 5, site: "eu-central", url: home.url };
  standby.notice = await signClusterNotice(notice, other.privateKey);
  await using t = stage([home, standby], {
    keys: () => [cell.publicKey, other.publicKey],
    times: { ...TIMES, firstBackoff: 60_000, longestBackoff: 60_000, connect: 1_000 },
  });
  await Promise.all([standby.frame("hello"), home.refusal]);
  standby.send({ type: "command", commandId: "x", epoch: 9, ...call, command: answer });
  await standby.frame("command-result");
  assert.equal(home.refused, 1);
  assert.deepEqual(t.commands, [], "a standby commands nothing");
  home.active = true;
  standby.notice = await signClusterNotice(notice, cell.privateKey);
  standby.send({ type: "come" });
  await home.frame("hello");
});
