import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { type Kept, WorkerdKeeper } from "./workerd_keeper.ts";

class KeptDouble implements Kept {
  readonly #ended = Promise.withResolvers<Deno.CommandStatus>();
  readonly child;

  constructor(readonly port: number, pid: number) {
    this.child = { pid, status: this.#ended.promise };
  }
  end(): void {
    this.#ended.resolve({ success: false, code: 1, signal: null });
  }
  stop(): Promise<void> {
    this.end();
    return Promise.resolve();
  }
}

Deno.test("WorkerdKeeper starts workerd again on the same port, also after a failed start", async () => {
  const started: KeptDouble[] = [];
  const third = Promise.withResolvers<void>();
  let launches = 0;
  const launch = (port: number) => {
    launches += 1;
    if (launches === 2) return Promise.reject(new Error("not yet"));
    const kept = new KeptDouble(port || 4711, launches);
    started.push(kept);
    if (launches === 3) third.resolve();
    return Promise.resolve(kept);
  };
  const lines: string[] = [];
  const log = createLogger({ service: "edge:test", write: (line) => lines.push(line) });
  const keeper = await WorkerdKeeper.start(0, launch, log);
  started[0].end();
  await third.promise;
  await Promise.resolve();
  assert.deepEqual([keeper.port, keeper.pid], [4711, 3]);
  assert.ok(lines.some((line) => line.includes("workerd.not_started")));
  await keeper.stop();
  assert.equal(launches, 3);
});
