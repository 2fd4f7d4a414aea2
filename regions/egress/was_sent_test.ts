import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TEST_FENCE } from "../testing/test_fence.ts";
import { OutgoingHttp } from "./outgoing_http.ts";
import { wasSent } from "./was_sent.ts";

const timer = (ms: number, run: () => void) => {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
};

/** A lease that does not hold. */
const LOST = {
  check: () => {
    throw new AntiphonError("not_active", "The lease is lost");
  },
};

/** What asking a server throws. */
async function asking(port: number, allowed = true, held = true): Promise<unknown> {
  const egress = {
    allow: new Set(allowed ? [`127.0.0.1:${port}`] : []),
    resolve: () => Promise.resolve([]),
  };
  const http = new OutgoingHttp({ ...TEST_FENCE, egress, timer, ...held ? {} : { lease: LOST } });
  const url = new URL(`http://127.0.0.1:${port}/`);
  const times = { connectMs: 5_000, firstByteMs: 5_000, totalMs: 5_000 };
  try {
    await http.exchange(
      "t",
      { method: "POST", url, headers: {}, body: new Uint8Array(1) },
      times,
      new AbortController().signal,
    );
  } catch (error) {
    return error;
  } finally {
    http.close();
  }
}

Deno.test("wasSent() knows that nothing reaches a port where nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  assert.equal(wasSent(await asking(port)), false);
  assert.equal(wasSent(await asking(port, false)), false);
  assert.equal(wasSent(await asking(port, true, false)), false);
});

Deno.test("wasSent() cannot tell when a connection breaks under a request", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(16));
    connection.close();
  })();
  assert.equal(wasSent(await asking(listener.addr.port)), true);
  await served;
});

Deno.test("wasSent() tells a connection that took too long from an answer that did", () => {
  const late = (phase: string) => new AntiphonError("deadline_exceeded", "", { data: { phase } });
  assert.equal(wasSent(late("connect")), false);
  assert.equal(wasSent(late("begin its answer")), true);
  assert.equal(wasSent(new Error("whatever")), true);
});
