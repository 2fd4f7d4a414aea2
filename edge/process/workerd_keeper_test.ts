import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { type Kept, WorkerdKeeper } from "./workerd_keeper.ts";

class KeptDouble implements Kept {
  readonly #ended = Promise.withResolvers<Deno.CommandStatus>();
  readonly child;
  stopped = 0;

  constructor(readonly port: number, pid: number) {
    this.child = { pid, status: this.#ended.promise };
  }
  end(): void {
    this.#ended.resolve({ success: false, code: 1, signal: null });
  }
  stop(): Promise<void> {
    this.stopped += 1;
    this.end();
    return Promise.resolve();
  }
}

/** A keeper whose launches fail where `fails` says so, by number from 1. */
async function stage(fails: number[] = []) {
  const started: KeptDouble[] = [];
  const lines: string[] = [];
  let launches = 0;
  const waiting: [number, () => void][] = [];
  const launch = () => {
    launches += 1;
    for (const [count, resolve] of waiting) if (launches >= count) resolve();
    if (fails.includes(launches)) return Promise.reject(new Error("not yet"));
    const kept = new KeptDouble(4711, launches);
    started.push(kept);
    return Promise.resolve(kept);
  };
  const log = createLogger({ service: "edge:test", write: (line) => lines.push(line) });
  const keeper = await WorkerdKeeper.start(launch, log);
  const launched = async (count: number) => {
    await new Promise<void>((resolve) => waiting.push([count, resolve]));
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { keeper, started, lines, launched, launches: () => launches };
}

Deno.test("WorkerdKeeper starts workerd again, also after a failed start", async () => {
  const { keeper, started, lines, launched, launches } = await stage([2]);
  const third = launched(3);
  started[0].end();
  await third;
  assert.equal(keeper.pid, 3);
  assert.ok(lines.some((line) => line.includes("workerd.not_started")));
  await keeper.stop();
  assert.equal(launches(), 3);
});

Deno.test("WorkerdKeeper replaces workerd once it is drained, one at a time", async () => {
  const { keeper, started, lines, launches } = await stage();
  const drained = Promise.withResolvers<void>();
  const first = keeper.replace(() => drained.promise);
  const second = keeper.replace(() => Promise.resolve());
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([started[0].stopped, launches()], [0, 1]);
  drained.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(started.map(({ stopped }) => stopped), [1, 1, 0]);
  assert.deepEqual([keeper.pid, lines.length], [3, 0]);
  await keeper.stop();
  assert.equal(launches(), 3);
});

Deno.test("WorkerdKeeper tells of a replacement that does not start, and goes on trying", async () => {
  const { keeper, launched } = await stage([2]);
  const third = launched(3);
  await assert.rejects(keeper.replace(() => Promise.resolve()), /not yet/);
  await third;
  assert.equal(keeper.pid, 3);
  await keeper.stop();
});
