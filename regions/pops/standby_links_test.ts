import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { LinkSocket } from "./pop_link.ts";
import { StandbyLinks, type StandbyLinksPorts } from "./standby_links.ts";

const BOOT = "01890a5d-ac96-774b-bcce-b302099a8058";

function setUp(changes: Partial<StandbyLinksPorts> = {}) {
  const timers = new Set<() => void>();
  const links = new StandbyLinks({
    verify: (token) =>
      token === "bad"
        ? Promise.reject(new AntiphonError("unauthenticated", "no"))
        : Promise.resolve(token),
    notice: () => Promise.resolve("signed"),
    timer: (_, run) => {
      timers.add(run);
      return () => void timers.delete(run);
    },
    log: createLogger({ service: "test", write: () => {} }),
    ...changes,
  });
  const connect = () => {
    const sent: { type: string }[] = [];
    const end: { code?: number } = {};
    const socket: LinkSocket = {
      send: (text) => sent.push(JSON.parse(text)),
      close: (code) => end.code ??= code,
    };
    const handlers = links.accept(socket);
    const tell = async (frame: object | string) => {
      handlers.receive(typeof frame === "string" ? frame : JSON.stringify(frame));
      await new Promise((resolve) => setTimeout(resolve, 0));
    };
    const hello = (popId = "FRA", token = `pop:${popId}`) =>
      tell({
        ...{ type: "hello", version: 1, popId, token, bootId: BOOT },
        ...{ liveCalls: [], softphones: [] },
      });
    return { socket, sent, end, tell, hello, closed: () => handlers.closed() };
  };
  const active = () => {
    const taken: { socket: LinkSocket; heard: string[]; closed: number }[] = [];
    return {
      taken,
      accept: (socket: LinkSocket) => {
        const one = { socket, heard: [] as string[], closed: 0 };
        taken.push(one);
        return {
          receive: (text: string) => void one.heard.push(JSON.parse(text).type),
          closed: () => void (one.closed += 1),
        };
      },
    };
  };
  return { links, connect, timers, active };
}

Deno.test("StandbyLinks tells a PoP where the cluster is, and answers its pings", async () => {
  const { links, connect, timers } = setUp();
  const pop = connect();
  await pop.tell({ type: "ping" });
  await pop.hello();
  assert.deepEqual(pop.sent, [{ type: "pong" }, { type: "standby", notice: "signed" }]);
  assert.deepEqual([links.waiting, timers.size], [["FRA"], 0]);
  pop.closed();
  assert.deepEqual(links.waiting, []);
});

Deno.test("StandbyLinks lets in PoPs only, and nobody who says nothing", async () => {
  const { links, connect, timers } = setUp();
  const [bad, other, mute, event, nonsense] = [0, 1, 2, 3, 4].map(() => connect());
  await bad.hello("FRA", "bad");
  await other.hello("FRA", "pop:NYC");
  await event.tell({ type: "softphone", connected: true, tenantId: BOOT, agentId: "anna" });
  await nonsense.tell("{");
  for (const run of [...timers]) run();
  assert.deepEqual(
    [bad, other, mute, event, nonsense].map(({ end }) => end.code),
    [4401, 4401, 4408, 4400, 4400],
  );
  assert.deepEqual(links.waiting, []);
});

Deno.test("StandbyLinks keeps one socket of a PoP, the newest", async () => {
  const { links, connect } = setUp();
  const [older, newer, nyc] = [connect(), connect(), connect()];
  await older.hello();
  await nyc.hello("NYC");
  await newer.hello();
  assert.deepEqual([older.end.code, newer.end.code], [4409, undefined]);
  assert.deepEqual(links.waiting.sort(), ["FRA", "NYC"]);
});

Deno.test("StandbyLinks hands all over and calls them once the cell is active", async () => {
  const { links, connect, active } = setUp();
  const [known, silent] = [connect(), connect()];
  await known.hello();
  const cell = active();
  links.activate(cell);
  assert.deepEqual(known.sent.map(({ type }) => type), ["standby", "come"]);
  assert.deepEqual(silent.sent, [], "it says its first hello by itself");
  await known.hello();
  await silent.hello("NYC");
  const late = connect();
  await late.hello("LON");
  assert.deepEqual(cell.taken.map(({ heard }) => heard), [["hello"], ["hello"], ["hello"]]);
  assert.equal(cell.taken[2].socket, late.socket);
  known.closed();
  assert.deepEqual([cell.taken[0].closed, links.waiting], [1, []]);
});

Deno.test("StandbyLinks calls a PoP whose hello it was looking at, and never answers it twice", async () => {
  const verified = Promise.withResolvers<string>();
  const { links, connect, active } = setUp({ verify: () => verified.promise });
  const pop = connect();
  await pop.hello();
  const cell = active();
  links.activate(cell);
  verified.resolve("pop:FRA");
  await pop.tell({ type: "ping" });
  assert.deepEqual(pop.sent, [{ type: "come" }]);
  assert.deepEqual(cell.taken[0].heard, ["ping"]);
});

Deno.test("StandbyLinks closes those that wait when its process ends", async () => {
  const { links, connect } = setUp();
  const pop = connect();
  await pop.hello();
  links.close();
  assert.equal(pop.end.code, 1001);
});
