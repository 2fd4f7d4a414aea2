import assert from "node:assert/strict";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import type { ParsedMessage } from "../message/parse_message.ts";
import type { SipFlow, SipTransportName } from "./sip_flow.ts";
import { SocketTransport } from "./socket_transport.ts";
import { TCP_LIMITS } from "./tcp_limits.ts";
import { TimerWheel } from "./timer_wheel.ts";

const encoder = new TextEncoder();
const request = (id: string) =>
  encoder.encode(
    `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK${id}\r\n` +
      "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\n" +
      `Call-ID: ${id}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`,
  );

async function opened(transport: SipTransportName, admit?: (address: string) => boolean) {
  const wheel = new TimerWheel((error) => {
    throw error;
  });
  const got: [ParsedMessage, SipFlow][] = [];
  let wake: (() => void) | undefined;
  const lines: string[] = [];
  const sockets = new SocketTransport([{ transport, hostname: "127.0.0.1", port: 0 }], {
    log: createLogger({ service: "t", level: "warn", write: (line) => lines.push(line) }),
    counters: new Counters(),
    wheel,
    admit,
    limits: { ...TCP_LIMITS, connectionsOfOneAddress: 3 },
  });
  const [listener] = await sockets.open((parsed, flow) => {
    got.push([parsed, flow]);
    wake?.();
  });
  const arrived = async (count: number) => {
    while (got.length < count) await new Promise<void>((resolve) => wake = resolve);
  };
  return { sockets, listener, got, arrived, wheel, lines };
}

for (const transport of ["udp", "tcp"] as const) {
  Deno.test(`a message over ${transport} comes with its flow, and the answer goes back by it`, async () => {
    const [a, b] = [await opened(transport), await opened(transport)];
    const flow = a.sockets.flowTo(a.listener, "127.0.0.1", b.listener.port);
    const wanted = Array.from({ length: 50 }, (_, i) => String(i));
    for (const id of wanted) flow.send(request(id));
    await b.arrived(50);
    const ids = b.got.map(([one]) => one.kind === "request" ? one.message.callId : "");
    assert.deepEqual(ids, wanted, "in the order they were sent");
    b.got[0][1].send(request("back"));
    await a.arrived(1);
    assert.equal(a.got[0][1].port, b.listener.port);
    if (transport === "tcp") {
      assert.equal(a.sockets.flowTo(a.listener, "127.0.0.1", b.listener.port), flow);
    }
    await a.sockets.close();
    await b.sockets.close();
    assert.deepEqual([a.lines, b.lines], [[], []]);
  });
}

Deno.test("a port in use is refused by name, and nothing stays open", async () => {
  const a = await opened("tcp");
  const again = new SocketTransport([
    { transport: "udp", hostname: "127.0.0.1", port: 0 },
    { ...a.listener },
  ], { log: createLogger({ service: "t" }), counters: new Counters(), wheel: a.wheel });
  await assert.rejects(again.open(() => {}), { code: "address_in_use" });
  await a.sockets.close();
});

Deno.test("a connection that cannot be made fails what was to be sent", async () => {
  const a = await opened("tcp");
  const gone = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = gone.addr;
  gone.close();
  const flow = a.sockets.flowTo(a.listener, "127.0.0.1", port);
  await new Promise<void>((resolve) => flow.send(request("1"), resolve));
  assert.equal(flow.closed, true);
  await a.sockets.close();
});

/** Reads until the peer closes; what came. */
async function readAll(connection: Deno.Conn): Promise<string> {
  let text = "";
  const buffer = new Uint8Array(1024);
  for (;;) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) return text;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
}

Deno.test("a ping is answered; a stream that cannot be framed is closed", async () => {
  const a = await opened("tcp");
  const peer = await Deno.connect({ port: a.listener.port, hostname: "127.0.0.1" });
  await peer.write(encoder.encode("\r\n\r\n"));
  assert.equal(await peer.read(new Uint8Array(8)), 2);
  const last = new TextDecoder().decode(request("1")) + "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  await peer.write(encoder.encode(last));
  assert.equal(await readAll(peer), "");
  await a.arrived(1);
  peer.close();
  await a.sockets.close();
});

Deno.test("idle connections and unfinished messages are closed in time", async () => {
  const a = await opened("tcp");
  const idle = await Deno.connect({ port: a.listener.port, hostname: "127.0.0.1" });
  const slow = await Deno.connect({ port: a.listener.port, hostname: "127.0.0.1" });
  await slow.write(request("0"));
  await slow.write(encoder.encode("OPTIONS sip:a"));
  await a.arrived(1);
  while (a.wheel.size < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  a.wheel.turn(TCP_LIMITS.frame + 100);
  await readAll(slow);
  a.wheel.turn(TCP_LIMITS.idle + 100);
  await readAll(idle);
  idle.close();
  slow.close();
  await a.sockets.close();
});

Deno.test("connections not admitted, or too many of one address, are closed at once", async () => {
  const refusing = await opened("tcp", () => false);
  const peer = await Deno.connect({ port: refusing.listener.port, hostname: "127.0.0.1" });
  assert.equal(await readAll(peer), "");
  peer.close();
  await refusing.sockets.close();
  const a = await opened("tcp");
  const peers: Deno.Conn[] = [];
  for (let i = 0; i < 4; i++) {
    peers.push(await Deno.connect({ port: a.listener.port, hostname: "127.0.0.1" }));
  }
  assert.equal(await readAll(peers[3]), "");
  for (const one of peers) one.close();
  await a.sockets.close();
});

Deno.test("UDP garbage and keep-alives do no harm", async () => {
  const a = await opened("udp");
  const peer = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const to: Deno.NetAddr = { transport: "udp", hostname: "127.0.0.1", port: a.listener.port };
  for (const text of ["", "\r\n", "\u0000\u0000\u0000\u0000", "junk\r\n\r\n", "\r\n\r\n"]) {
    await peer.send(encoder.encode(text), to);
  }
  await peer.send(request("1"), to);
  const [pong] = await peer.receive();
  assert.deepEqual([...pong], [13, 10]);
  await a.arrived(3);
  assert.deepEqual(a.got.map(([{ kind }]) => kind), ["garbage", "garbage", "request"]);
  peer.close();
  await a.sockets.close();
});
