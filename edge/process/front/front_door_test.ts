import assert from "node:assert/strict";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { CLIENT_HEADER, FrontDoor } from "./front_door.ts";
import { FRONT_TIMES, type FrontTimes } from "./front_times.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** A worker that answers with its name. */
function worker(name: string, handler?: Handler) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    handler ?? (async (request) => {
      const body = await request.text();
      return new Response(`${name} ${request.headers.get(CLIENT_HEADER)} ${body.length}`);
    }),
  );
  return { port: server.addr.port, stop: () => server.shutdown() };
}

/** A door with a worker behind it, and one connection that is kept. */
async function stage(times: Partial<FrontTimes> = {}, handler?: Handler) {
  const log = createLogger({ service: "edge:test", write: () => {} });
  const door = new FrontDoor({
    ...{ hostname: "127.0.0.1", port: 0, log },
    times: { ...FRONT_TIMES, ...times },
  });
  const first = worker("first", handler);
  door.release({ hostname: "127.0.0.1", port: first.port });
  const workers = [first];
  const client = await Deno.connect({ hostname: "127.0.0.1", port: door.port });
  return {
    ...{ door, client, workers },
    url: `http://127.0.0.1:${door.port}`,
    replaceBy: (next: ReturnType<typeof worker>) => {
      workers.push(next);
      door.release({ hostname: "127.0.0.1", port: next.port });
    },
    async [Symbol.asyncDispose]() {
      close(client);
      await door.close();
      for (const { stop } of workers) await stop();
    },
  };
}

function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // The test has closed it.
  }
}

const GET = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

async function say(conn: Deno.Conn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

/** Reads until the text has come; all of it, or what came until the end. */
async function hear(conn: Deno.Conn, until: string): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  let heard = "";
  while (!heard.includes(until)) {
    const count = await conn.read(buffer).catch(() => null);
    if (count === null) break;
    heard += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return heard;
}

Deno.test("FrontDoor names the client to the worker, and lets nobody else do so", async () => {
  await using t = await stage();
  assert.equal(
    await (await fetch(t.url, { method: "POST", body: "abc" })).text(),
    "first 127.0.0.1 3",
  );
  const forged = await fetch(t.url, { headers: { [CLIENT_HEADER.toUpperCase()]: "192.0.2.7" } });
  assert.equal(forged.status, 400);
  await forged.body?.cancel();
  await say(t.client, "GET / HTTP/1.1\nhost: a\r\n\r\n");
  assert.match(await hear(t.client, "\r\n\r\n"), /^HTTP\/1\.1 400 /);
});

Deno.test("FrontDoor keeps a connection between two requests while its worker is replaced", async () => {
  await using t = await stage();
  await say(t.client, GET);
  assert.match(await hear(t.client, "127.0.0.1 0"), /first/);
  t.door.hold();
  assert.equal(await t.door.quiet(1_000), true);
  const held = say(t.client, GET);
  const other = fetch(t.url).then((answer) => answer.text());
  await t.workers[0].stop();
  t.replaceBy(worker("second"));
  await held;
  assert.match(await hear(t.client, "127.0.0.1 0"), /second/);
  assert.equal(await other, "second 127.0.0.1 0");
});

Deno.test("FrontDoor waits for the answers to what the worker was asked", async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  await using t = await stage({}, () => (asked.resolve(), answer.promise));
  const slow = fetch(t.url);
  await asked.promise;
  t.door.hold();
  assert.equal(await t.door.quiet(1), false);
  const quiet = t.door.quiet(10_000);
  answer.resolve(new Response("done"));
  assert.equal(await quiet, true);
  assert.equal(await (await slow).text(), "done");
  assert.equal(t.door.inFlight, 0);
});

Deno.test("FrontDoor says 503 when no worker comes, and finds one that comes late", async () => {
  await using t = await stage({ hold: 50 });
  t.door.hold();
  await say(t.client, GET);
  const refused = await hear(t.client, "\r\n\r\n");
  assert.match(refused, /^HTTP\/1\.1 503 .*retry-after: 2/s);
  // It has died, and nobody has noticed yet.
  await using late = await stage();
  await late.workers[0].stop();
  const answer = fetch(late.url).then((answer) => answer.text());
  late.replaceBy(worker("second"));
  assert.equal(await answer, "second 127.0.0.1 0");
});

Deno.test("FrontDoor hands sockets through, and ends them with their worker", async () => {
  const sockets: WebSocket[] = [];
  await using t = await stage({}, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    sockets.push(socket);
    socket.onmessage = ({ data }) => socket.send(`${data} back`);
    return response;
  });
  const socket = new WebSocket(t.url.replace("http", "ws"));
  const heard = new Promise((resolve) => socket.onmessage = ({ data }) => resolve(data));
  const closed = new Promise<void>((resolve) => socket.onclose = () => resolve());
  await new Promise((resolve) => socket.onopen = resolve);
  socket.send("x".repeat(100_000));
  assert.equal(await heard, `${"x".repeat(100_000)} back`);
  assert.equal(t.door.inFlight, 0, "nobody waits for a socket's end");
  sockets[0].close();
  await closed;
});

Deno.test("FrontDoor brings an answer that came before the end of the request", async () => {
  await using t = await stage({}, () => new Response("enough", { status: 413 }));
  const answer = await fetch(t.url, { method: "POST", body: "x".repeat(8 << 20) });
  assert.deepEqual([answer.status, await answer.text()], [413, "enough"]);
});

Deno.test("FrontDoor passes streams on as they come, and bodies whole", async () => {
  const say = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
  await using t = await stage(
    {},
    (request) =>
      request.method === "GET"
        ? new Response(new ReadableStream({ start: (c) => say.resolve(c) }))
        : new Response(request.body),
  );
  const answer = await fetch(t.url);
  const reader = answer.body!.getReader();
  const controller = await say.promise;
  for (const part of ["one", "two"]) {
    controller.enqueue(new TextEncoder().encode(part));
    assert.equal(new TextDecoder().decode((await reader.read()).value), part);
  }
  assert.equal(t.door.inFlight, 1);
  controller.close();
  assert.equal((await reader.read()).done, true);
  const body = crypto.getRandomValues(new Uint8Array(60_000));
  const echo = await fetch(t.url, { method: "POST", body: new Blob([body, body, body]).stream() });
  assert.deepEqual(await echo.bytes(), new Uint8Array([...body, ...body, ...body]));
});

Deno.test("FrontDoor lets go of connections on which nothing happens", async () => {
  await using t = await stage({ spare: 20, idle: 60, head: 60, sweep: 5 });
  await say(t.client, GET);
  await hear(t.client, "127.0.0.1 0");
  assert.equal(await hear(t.client, "never"), "", "it was closed");
  const slow = await Deno.connect({ hostname: "127.0.0.1", port: t.door.port });
  await say(slow, "GET / HTTP/1.1\r\nhost");
  assert.equal(await hear(slow, "never"), "");
  slow.close();
});

Deno.test("FrontDoor tells the worker of a client that has gone, and answers one that said all", async () => {
  const left = Promise.withResolvers<void>();
  await using t = await stage(
    {},
    (request) =>
      request.method === "GET"
        ? new Response(new ReadableStream({ cancel: () => left.resolve() }))
        : new Response("bye"),
  );
  await say(t.client, "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
  await t.client.closeWrite();
  assert.match(await hear(t.client, "bye"), /^HTTP\/1\.1 200 /);
  const answer = await fetch(t.url);
  await answer.body?.cancel();
  await left.promise;
});

Deno.test("FrontDoor says why it cannot listen", async () => {
  await using t = await stage();
  const open = (hostname: string) => () =>
    new FrontDoor({ hostname, port: t.door.port, times: FRONT_TIMES, log: t.door.options.log });
  assert.throws(open("127.0.0.1"), { code: "address_in_use" });
  assert.throws(open("192.0.2.1"), { code: "configuration_invalid" });
});
