import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { OpenDatagramSocket } from "./datagram_socket.ts";
import { openDenoSocket } from "./open_deno_socket.ts";
import { RtpPorts } from "./rtp_ports.ts";

const pretend = (busy: number[]): OpenDatagramSocket => (local) => {
  if (busy.includes(local.port)) throw new Deno.errors.AddrInUse("busy");
  return { address: local, send: () => {}, close: () => {} };
};
const open = (ports: RtpPorts) => ports.open("127.0.0.1", () => {}, () => {});

Deno.test("RtpPorts takes even ports in turn, skips busy ones, rests freed ones", () => {
  const ports = new RtpPorts({ first: 30001, last: 30009 }, pretend([30004]));
  const a = open(ports);
  assert.equal(a.address.port, 30002);
  assert.equal(open(ports).address.port, 30006);
  a.close();
  assert.equal(open(ports).address.port, 30008);
  assert.equal(open(ports).address.port, 30002);
  assert.equal(ports.inUse, 3);
  assert.throws(() => open(ports), (e: AntiphonError) => e.code === "media_unavailable");
});

Deno.test("RtpPorts refuses a range that holds no port", () => {
  for (const [first, last] of [[0, 10], [30001, 30001], [40000, 70000], [5000, 4000]]) {
    assert.throws(
      () => new RtpPorts({ first, last }, pretend([])),
      (e: AntiphonError) => e.code === "configuration_invalid",
    );
  }
});

Deno.test("openDenoSocket() carries a datagram and stops when closed", async () => {
  const { promise, resolve } = Promise.withResolvers<[number[], number]>();
  const ports = new RtpPorts("ephemeral", openDenoSocket);
  const to = ports.open("127.0.0.1", (p, from) => resolve([[...p], from.port]), assert.ifError);
  const from = open(ports);
  from.send(new Uint8Array([1, 2, 3]), to.address);
  assert.deepEqual(await promise, [[1, 2, 3], from.address.port]);
  to.close();
  to.close();
  from.close();
  assert.equal(ports.inUse, 0);
});

Deno.test("openDenoSocket() keeps the order of a burst from a new socket, buffers reused", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const heard: number[] = [];
  const to = openDenoSocket({ hostname: "127.0.0.1", port: 0 }, (packet) => {
    if (heard.push(packet[0]) === 20) resolve();
  }, assert.ifError);
  const from = openDenoSocket({ hostname: "127.0.0.1", port: 0 }, () => {}, assert.ifError);
  const buffer = new Uint8Array(1);
  for (let i = 0; i < 20; i++) {
    buffer[0] = i;
    from.send(buffer, to.address);
  }
  await promise;
  assert.deepEqual(heard, Array.from({ length: 20 }, (_, i) => i));
  to.close();
  from.close();
});
