import assert from "node:assert/strict";
import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Softphone } from "../../protocol/pop_link/pop_frame.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { CellDouble } from "../testing/cell_double.ts";
import { CellLink, type CellLinkOptions, type LinkCommand } from "./cell_link.ts";
import type { LinkTimes } from "./link_times.ts";

const TENANT = "018f0000-0000-7000-8000-000000000001";
const CALL = "018f0000-0000-7000-8000-00000000000c";
const call = { tenantId: TENANT, callId: CALL };
const placed = (codec: string): PlacedCallEvent => ({
  ...call,
  at: 1,
  event: { type: "call.answered", codec },
});

const TIMES: LinkTimes = {
  ...{ connect: 2000, welcome: 2000, ping: 20, silence: 400 },
  ...{ firstBackoff: 5, longestBackoff: 20, rival: 60_000 },
};

function linkTo(cells: CellDouble[], changes: Partial<CellLinkOptions> = {}) {
  const commands: LinkCommand[] = [];
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
    onCommand: (command) => (commands.push(command), { ok: true, code: null }),
    outboxLimit: 100,
    times: TIMES,
    log: createLogger({ service: "test", write: () => {} }),
    counters,
    ...changes,
  });
  link.start();
  return {
    link,
    commands,
    counters,
    async [Symbol.asyncDispose]() {
      await link.stop();
      await Promise.all(cells.map((cell) => cell.close()));
    },
  };
}

Deno.test("CellLink says hello with its token and what stands here", async () => {
  const cell = new CellDouble();
  await using _ = linkTo([cell]);
  const hello = await cell.frame("hello");
  assert.equal(hello.token, "token for cell:E39");
  assert.deepEqual(hello.liveCalls, [call]);
});

Deno.test("CellLink keeps events while no cell is there and sends them in order", async () => {
  const cell = new CellDouble({ active: false });
  await using t = linkTo([cell]);
  for (const codec of ["a", "b", "c"]) t.link.publish(placed(codec));
  assert.equal(t.link.up, false);
  cell.active = true;
  await cell.frame("event", (frame) => frame.seq === 3);
  assert.deepEqual(cell.events.map((e) => e.seq), [1, 2, 3]);
});

Deno.test("CellLink resends what was not committed and forgets what was", async () => {
  const cell = new CellDouble({ acks: false });
  await using t = linkTo([cell]);
  await cell.frame("hello");
  for (const codec of ["a", "b", "c"]) t.link.publish(placed(codec));
  await cell.frame("event", (frame) => frame.seq === 3);
  cell.lastSeq = 2;
  const before = cell.frames.items.length;
  cell.drop();
  await cell.frame("event", (frame) => frame.seq === 3, before);
  assert.deepEqual(cell.events.map((e) => e.seq), [1, 2, 3, 3]);
  assert.equal(t.link.pending, 1);
  cell.send({ type: "ack", seq: 3 });
  t.link.publish(placed("d"));
  await cell.frame("event", (frame) => frame.seq === 4);
  assert.equal(t.link.pending, 1);
});

Deno.test("CellLink goes on to the standby when the first address is not active", async () => {
  const [home, standby] = [new CellDouble({ active: false }), new CellDouble()];
  await using _ = linkTo([home, standby]);
  await standby.frame("hello");
  assert.ok(home.refused >= 1);
});

Deno.test("CellLink refuses commands of an older epoch and takes up a newer one", async () => {
  const cell = new CellDouble({ epoch: 3 });
  await using t = linkTo([cell]);
  await cell.frame("hello");
  const answer = { type: "answer" } as const;
  const older = await cell.command(call, answer, "old", 2);
  assert.deepEqual([older.ok, older.code], [false, "stale_epoch"]);
  assert.equal((await cell.command(call, answer, "new", 4)).ok, true);
  assert.equal((await cell.command(call, answer, "same", 3)).code, "stale_epoch");
  assert.deepEqual(t.commands.map((c) => c.commandId), ["new"]);
});

Deno.test("CellLink closes a link on which nothing is heard", async () => {
  const cell = new CellDouble();
  await using _ = linkTo([cell], {
    times: { ...TIMES, silence: -1 },
  });
  await cell.frame("hello");
  await cell.frame("hello", () => true, 1);
});

Deno.test("CellLink answers commands it cannot read and survives other nonsense", async () => {
  const cell = new CellDouble();
  await using t = linkTo([cell]);
  await cell.frame("hello");
  cell.send({ type: "nonsense" } as never);
  cell.send({ type: "command", commandId: "x", command: { type: "fly" } } as never);
  const result = await cell.frame("command-result");
  assert.deepEqual([result.commandId, result.ok, result.code], ["x", false, "frame_invalid"]);
  assert.equal(t.counters.get("antiphon_link_frames_invalid_total", { cluster: "E39" }), 2);
});

Deno.test("CellLink tells which softphones came and went, also while it was down", async () => {
  const cell = new CellDouble();
  const softphones: Softphone[] = [{ tenantId: TENANT, agentId: "anna" }];
  await using t = linkTo([cell], { softphones: () => softphones });
  assert.deepEqual((await cell.frame("hello")).softphones, softphones);
  softphones.push({ tenantId: TENANT, agentId: "bert" });
  t.link.syncSoftphones();
  await cell.frame("softphone", (frame) => frame.connected && frame.agentId === "bert");
  softphones.shift();
  t.link.syncSoftphones();
  await cell.frame("softphone", (frame) => !frame.connected && frame.agentId === "anna");
});

Deno.test("CellLink counts events it had to drop", async () => {
  const cell = new CellDouble({ active: false });
  await using t = linkTo([cell], { outboxLimit: 2 });
  for (const codec of ["a", "b", "c"]) t.link.publish(placed(codec));
  assert.equal(t.counters.get("antiphon_link_events_dropped_total", { cluster: "E39" }), 1);
});
