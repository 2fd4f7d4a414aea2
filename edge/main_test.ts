import assert from "node:assert/strict";
import { join } from "node:path";
import { linesOf } from "./process/lines_of.ts";
import { EdgeStage } from "./testing/edge_stage.ts";

const MAIN = new URL("./main.ts", import.meta.url).pathname;

/** The edge as a process of its own. */
class EdgeProcess implements AsyncDisposable {
  readonly child: Deno.ChildProcess;
  readonly stderr: string[] = [];
  readonly #ready = Promise.withResolvers<{ event: string; service: string; port: number }>();
  readonly #output: Promise<unknown>;

  constructor(environment: Record<string, unknown>) {
    this.child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", MAIN],
      env: Object.fromEntries(Object.entries(environment).map(([k, v]) => [k, String(v)])),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const { stdout, stderr } = this.child;
    this.#output = Promise.all([
      (async () => {
        for await (const line of linesOf(stdout)) this.#ready.resolve(JSON.parse(line));
      })(),
      (async () => {
        for await (const line of linesOf(stderr)) this.stderr.push(line);
      })(),
    ]);
    this.#ready.promise.catch(() => {});
    this.#output.then(() => this.#ready.reject(new Error(`ended: ${this.stderr.at(-1)}`)));
  }

  get ready() {
    return this.#ready.promise;
  }

  async end(signal?: Deno.Signal): Promise<Deno.CommandStatus> {
    if (signal) this.child.kill(signal);
    const status = await this.child.status;
    if (signal !== "SIGKILL") await this.#output;
    return status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.child.kill("SIGTERM");
    } catch {
      // It has ended.
    }
    await this.child.status;
    await this.#output;
  }
}

Deno.test("the edge's process", async (t) => {
  await using stage = await EdgeStage.open();
  const environment = { ...stage.environment, STATE_DIR: join(stage.folder, "second"), PORT: 0 };

  await t.step("says when it is ready, and ends cleanly", async () => {
    await using edge = new EdgeProcess(environment);
    const { event, service, port } = await edge.ready;
    assert.deepEqual([event, service], ["ready", "edge:test"]);
    assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
    const { code, signal } = await edge.end("SIGTERM");
    assert.deepEqual([code, signal], [0, null]);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/health`), TypeError);
  });

  await t.step("ends cleanly while it still waits for a configuration", async () => {
    const lonely = {
      ...environment,
      STATE_DIR: join(stage.folder, "third"),
      CONTROL_PLANE_URL: "http://127.0.0.1:1",
    };
    await using edge = new EdgeProcess(lonely);
    for (const until = Date.now() + 20_000; !edge.stderr.join().includes("unreachable");) {
      assert.ok(Date.now() < until);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal((await edge.end("SIGINT")).code, 0);
  });

  await t.step("clears away the workerd that a killed one left", async () => {
    await using killed = new EdgeProcess(environment);
    const { port } = await killed.ready;
    await killed.end("SIGKILL");
    await using next = new EdgeProcess({ ...environment, PORT: port });
    assert.equal((await next.ready).port, port);
    assert.ok(next.stderr.some((line) => line.includes("workerd.orphan_killed")));
  });

  await t.step("replaces its worker on SIGHUP, and answers all the while", async () => {
    await using edge = new EdgeProcess(environment);
    const { port } = await edge.ready;
    edge.child.kill("SIGHUP");
    for (const until = Date.now() + 20_000; !edge.stderr.join().includes("edge.restarted");) {
      assert.ok(Date.now() < until);
      assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
    }
  });

  await t.step("says in one line why it cannot start", async () => {
    const wrong: [Record<string, unknown>, string, RegExp][] = [
      [{ PORT: stage.edge.port }, "address_in_use", /^Port \d+ is taken: .* set PORT$/],
      [{ EDGE_ID: "" }, "configuration_invalid", /EDGE_ID/],
      [{ EDGE_ID: "another" }, "configuration_invalid", /edge:test, not of edge:another/],
      [{ SERVICE_KEY_FILE: "/missing" }, "configuration_invalid", /missing/],
    ];
    await Promise.all(wrong.map(async ([change, code, message], n) => {
      const STATE_DIR = join(stage.folder, `wrong-${n}`);
      await using edge = new EdgeProcess({ ...environment, STATE_DIR, ...change });
      assert.equal((await edge.end()).code, 78);
      const fatal = JSON.parse(edge.stderr.at(-1)!);
      assert.deepEqual([fatal.event, fatal.code], ["fatal", code]);
      assert.match(fatal.message, message);
    }));
  });
});
