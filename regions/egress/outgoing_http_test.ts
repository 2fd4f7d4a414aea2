import assert from "node:assert/strict";
import zlib from "node:zlib";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type Behaviour, serviceDouble } from "../testing/service_double.ts";
import { type TestCertificates, testCertificates } from "../testing/test_certificates.ts";
import { ANSWER_BYTES, type ExchangeTimes, OutgoingHttp, REQUEST_BYTES } from "./outgoing_http.ts";
import { TEST_FENCE } from "../testing/test_fence.ts";

let certificates: TestCertificates;
Deno.test.beforeAll(async () => {
  certificates = await testCertificates();
});
Deno.test.afterAll(() => certificates.remove());

const TIMES = { connectMs: 5_000, firstByteMs: 5_000, totalMs: 8_000 };
const timer = (ms: number, run: () => void) => {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
};
const code = (expected: string) => (e: unknown) =>
  e instanceof AntiphonError && e.code === expected;

/** A client that may call the given hosts on this machine. */
function client(
  hosts: string[],
  resolve: (name: string) => Promise<string[]> = () => Promise.reject(),
) {
  const egress = { allow: new Set(hosts), resolve, ca: [certificates.ca] };
  const outgoing = new OutgoingHttp({ ...TEST_FENCE, egress, timer });
  const send = (url: string, more: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array;
    times?: Partial<ExchangeTimes>;
    signal?: AbortSignal;
  } = {}) =>
    outgoing.exchange(
      "tenant",
      {
        ...{ method: more.method ?? "GET", url: new URL(url), headers: more.headers ?? {} },
        body: typeof more.body === "string"
          ? new TextEncoder().encode(more.body)
          : more.body ?? null,
      },
      { ...TIMES, ...more.times },
      more.signal ?? new AbortController().signal,
    );
  return { outgoing, send };
}

async function withServer(
  behave: Behaviour,
  use: (send: ReturnType<typeof client>["send"], url: string) => Promise<void>,
  files: { cert: string; key: string } | undefined = certificates.files.ec,
) {
  const server = await serviceDouble(behave, files);
  const { outgoing, send } = client([server.host]);
  try {
    await use(send, server.url);
  } finally {
    outgoing.close();
    await server.close();
  }
}

Deno.test("exchange() sends method, path, headers and body, and keeps the connection", async () => {
  const ports = new Set<number>();
  await withServer((request, response) => {
    ports.add(response.socket!.remotePort!);
    response.writeHead(201, { "content-type": "text/plain", "x-one": ["a", "b"] });
    response.end(`${request.method} ${request.path} ${request.headers["x-who"]} ${request.body}`);
  }, async (send, url) => {
    for (let i = 0; i < 3; i++) {
      const answer = await send(`${url}/a/b?c=d%20e`, {
        ...{ method: "POST", headers: { "x-who": "me" }, body: "grüße" },
      });
      assert.equal(answer.status, 201);
      assert.equal(answer.headers["x-one"], "a, b");
      assert.equal(new TextDecoder().decode(answer.body), "POST /a/b?c=d%20e me grüße");
    }
    assert.equal(ports.size, 1);
  });
});

Deno.test("exchange() reads compressed answers, and no bombs", async () => {
  const codings = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync };
  for (const [coding, pack] of Object.entries(codings)) {
    await withServer((request, response) => {
      const size = request.path === "/bomb" ? ANSWER_BYTES + 1 : ANSWER_BYTES;
      response.writeHead(200, { "content-encoding": coding });
      response.end(pack(new Uint8Array(size)));
    }, async (send, url) => {
      assert.equal((await send(url)).body.length, ANSWER_BYTES);
      await assert.rejects(send(`${url}/bomb`), code("answer_too_large"));
    });
  }
  await withServer((request, response) => {
    response.writeHead(200, { "content-encoding": request.path.slice(1) });
    response.end("plain after all");
  }, async (send, url) => {
    await assert.rejects(send(`${url}/gzip`), code("answer_unreadable"));
    await assert.rejects(send(`${url}/zstd`), code("answer_unreadable"));
    await assert.rejects(send(`${url}/constructor`), code("answer_unreadable"));
    assert.equal((await send(`${url}/identity`)).status, 200);
  });
});

Deno.test("exchange() refuses answers and requests that are too large", async () => {
  await withServer((request, response) => {
    if (request.path === "/said") response.writeHead(200, { "content-length": ANSWER_BYTES + 1 });
    response.write(new Uint8Array(ANSWER_BYTES));
    response.end(new Uint8Array(1));
  }, async (send, url) => {
    await assert.rejects(send(`${url}/said`), code("answer_too_large"));
    await assert.rejects(send(`${url}/streamed`), code("answer_too_large"));
    const body = new Uint8Array(REQUEST_BYTES + 1);
    await assert.rejects(send(url, { method: "POST", body }), code("payload_too_large"));
  });
});

Deno.test("exchange() has a deadline for every phase, and can be ended", async () => {
  const asked = Promise.withResolvers<void>();
  await withServer((request, response) => {
    if (request.path === "/trickle") response.write("x");
    asked.resolve();
  }, async (send, url) => {
    const late = async (path: string, times: Partial<ExchangeTimes>, phase: string) => {
      await assert.rejects(send(url + path, { times }), (error: AntiphonError) => {
        assert.deepEqual([error.code, error.data.phase], ["deadline_exceeded", phase]);
        return true;
      });
    };
    await late("/silent", { firstByteMs: 50 }, "begin its answer");
    await late("/trickle", { totalMs: 150 }, "answer");
    const closing = new AbortController();
    const ended = send(`${url}/silent`, { signal: closing.signal });
    await asked.promise;
    closing.abort(new Error("closing"));
    await assert.rejects(ended, /closing/);
  });
  // Somebody who takes connections and says nothing.
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { outgoing, send } = client([`127.0.0.1:${silent.addr.port}`]);
  const took = silent.accept();
  const times = { connectMs: 50 };
  await assert.rejects(
    send(`https://127.0.0.1:${silent.addr.port}`, { times }),
    (error: AntiphonError) => error.data.phase === "connect",
  );
  (await took).close();
  silent.close();
  outgoing.close();
});

Deno.test("exchange() says when nobody is there, or the connection breaks", async () => {
  const gone = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = gone.addr;
  gone.close();
  const { outgoing, send } = client([`127.0.0.1:${port}`]);
  await assert.rejects(send(`http://127.0.0.1:${port}`), code("service_unreachable"));
  outgoing.close();
  await withServer((_, response) => void response.socket!.destroy(), async (send, url) => {
    await assert.rejects(send(url), code("service_unreachable"));
  }, certificates.files.ec);
  await withServer((_, response) => {
    response.writeHead(200, { "content-length": 10 });
    response.write("half");
    response.socket!.destroySoon();
  }, async (send, url) => {
    await assert.rejects(send(url), code("service_unreachable"));
  });
});

Deno.test("exchange() does not follow redirects", async () => {
  await withServer((_, response) => {
    response.writeHead(302, { location: "http://169.254.169.254/" }).end();
  }, async (send, url) => {
    const answer = await send(url);
    assert.deepEqual([answer.status, answer.headers.location], [302, "http://169.254.169.254/"]);
  });
});

Deno.test("exchange() refuses headers that would end a line", async () => {
  await withServer((_, response) => void response.end(), async (send, url) => {
    const headers = { "x-a": "1\r\nx-b: 2" };
    await assert.rejects(send(url, { headers }), code("invalid_request"));
  });
});

Deno.test("exchange() connects to nothing inside, whatever a name leads to", async () => {
  const server = await serviceDouble(
    (_, response) => void response.end("inside"),
    certificates.files.ec,
  );
  const answers = [["93.184.216.34", "127.0.0.1"], ["127.0.0.1"], ["::1"], []];
  for (const addresses of answers) {
    const { outgoing, send } = client([], () => Promise.resolve(addresses));
    const url = `https://inside.example:${server.port}/`;
    await assert.rejects(send(url), code("egress_refused"), addresses.join());
    outgoing.close();
  }
  const { outgoing, send } = client([]);
  for (
    const url of [server.url, `https://127.0.0.1:${server.port}/`, `https://[::1]:${server.port}/`]
  ) {
    await assert.rejects(send(url), code("egress_refused"), url);
  }
  outgoing.close();
  assert.deepEqual(server.seen, []);
  await server.close();
});

Deno.test("a name is resolved once: one that changes afterwards leads nowhere else", async () => {
  const server = await serviceDouble(
    (_, response) => void response.end("inside"),
    certificates.files.ec,
  );
  let asked = 0;
  // The first answer is public (and takes no connections), every later one is inside.
  const { outgoing, send } = client(
    [],
    () => Promise.resolve(asked++ === 0 ? ["192.88.99.1"] : ["127.0.0.1"]),
  );
  const url = `https://rebound.example:${server.port}/`;
  await assert.rejects(send(url, { times: { connectMs: 100 } }), AntiphonError);
  assert.deepEqual([asked, server.seen], [1, []]);
  outgoing.close();
  await server.close();
});
