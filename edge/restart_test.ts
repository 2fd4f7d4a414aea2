import assert from "node:assert/strict";
import { join } from "node:path";
import { DesktopDouble } from "./testing/desktop_double.ts";
import { EdgeStage } from "./testing/edge_stage.ts";
import { ProviderDouble } from "./testing/provider_double.ts";
import { STAGE } from "./testing/stage_configuration.ts";

const available = { type: "agent.set-state", state: "available" } as const;

Deno.test("the edge's worker is replaced under load: nothing is refused and nothing lost", async () => {
  await using stage = await EdgeStage.open();
  const { cell, url } = stage;
  const provider = new ProviderDouble(url);
  const token = await cell.accessToken(STAGE.tenantId, "anna");
  const over = new AbortController();

  /** Does something again and again until all is over; returns what came of each. */
  const all = async <T>(work: (n: number) => Promise<T>): Promise<T[]> => {
    const results: T[] = [];
    while (!over.signal.aborted) results.push(await work(results.length));
    return results;
  };
  const status = async (answer: Promise<Response>) => {
    const response = await answer;
    await response.body?.cancel();
    return response.status;
  };
  const webhooks = [1, 2].map((who) =>
    all((n) => status(provider.post(JSON.stringify({ who, n }))))
  );
  const reads = all(() =>
    status(fetch(`${url}/v1/queues`, { headers: { authorization: `Bearer ${token}` } }))
  );
  const push = async (since: number) => {
    const agent = { id: "anna", name: "Anna", state: "available", idleCode: null } as const;
    const changed = { ...agent, since, softphoneConnected: true };
    const event = { type: "agent.changed" as const, agent: changed };
    return await status(stage.push(cell.key, {
      ...{ tenantId: STAGE.tenantId, agentId: "anna", epoch: 1 },
      events: [{ deliveryId: `push ${since}`, event }],
    }));
  };
  const pushes = all(push);

  // A desktop that comes again at once, from its last number, and repeats what it does not know of.
  const seqs: number[] = [];
  let from: { session: string; lastSeq: number } | undefined;
  const done: string[] = [];
  const desktop = (async () => {
    for (let commandId = crypto.randomUUID(); !over.signal.aborted;) {
      const socket = await DesktopDouble.welcome(url, token, from);
      while (!over.signal.aborted) {
        socket.send({ type: "command", commandId, command: available });
        const answered = socket.frames.first(
          (frame) => frame.type === "result" && frame.commandId === commandId,
          "result",
        );
        const closed = socket.closed.then(() => null);
        const result = await Promise.race([answered.catch(() => null), closed]);
        if (result === null) break;
        assert.equal(result.type === "result" && result.ok, true);
        done.push(commandId);
        commandId = crypto.randomUUID();
      }
      seqs.push(...socket.events.map(({ seq }) => seq));
      if (seqs.length > 0) from = { session: socket.session, lastSeq: seqs.at(-1)! };
      await socket[Symbol.asyncDispose]();
    }
  })();

  const pids = new Set([stage.edge.workerdPid]);
  for (let round = 0; round < 3; round++) {
    const { length } = cell.commands.all;
    await cell.commands.until((all) => all.length > length + 3, "some commands");
    await stage.edge.restart();
    pids.add(stage.edge.workerdPid);
  }
  const { length } = cell.commands.all;
  await cell.commands.until((all) => all.length > length + 3, "some commands more");
  over.abort();
  await desktop;
  const statuses = [...(await Promise.all(webhooks)).flat(), ...await reads, ...await pushes];
  assert.ok(statuses.length > 50, String(statuses.length));
  assert.deepEqual([...new Set(statuses)], [200]);
  assert.equal(pids.size, 4);
  assert.ok(done.every((id) => cell.commands.all.some(({ commandId }) => commandId === id)));
  const [one, two] = await Promise.all(webhooks);
  const expected = one.length + two.length;
  await cell.webhooks.until(({ length }) => length >= expected, `${expected} webhooks`);
  for (const who of [1, 2]) {
    const taken = cell.webhooks.all.map(({ body }) => JSON.parse(body)).filter((b) =>
      b.who === who
    );
    const numbers = [...new Set(taken.map(({ n }) => n))];
    assert.deepEqual(numbers, Array.from(numbers, (_, n) => n), "in order, none missing");
  }
  await using last = await DesktopDouble.welcome(url, token, from);
  const end = 1_000_000;
  assert.equal(await push(end), 200);
  await last.frames.until(() => last.marks.includes(end), "the last event");
  const told = new Set([...seqs, ...last.events.map(({ seq }) => seq)]);
  const numbers = [...told].sort((a, b) => a - b);
  assert.deepEqual(numbers, numbers.map((_, n) => numbers[0] + n), "no gap");
});

Deno.test("an edge whose new bundle does not run goes on with the old one", async () => {
  await using stage = await EdgeStage.open();
  stage.bundle = join(stage.folder, "broken.js");
  await Deno.writeTextFile(stage.bundle, "this is no worker");
  await assert.rejects(stage.edge.restart(), { code: "unavailable" });
  assert.equal((await fetch(`${stage.url}/health`)).status, 200);
});
