import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { VirtualClock } from "../clock/virtual_clock.ts";
import { makeCertificate } from "./certificate.ts";
import { type DtlsCloseReason, DtlsServer } from "./dtls_server.ts";
import type { SrtpKeys } from "./session_secrets.ts";
import { DtlsClient, type DtlsClientOptions } from "./testing/dtls_client.ts";

const random = (size: number) => new Uint8Array(randomBytes(size));
const OURS = makeCertificate(Date.now(), random);
const THEIRS = makeCertificate(Date.now(), random);
const OTHER = makeCertificate(Date.now(), random);

interface Wire {
  /** Whether the n-th datagram of a direction arrives. */
  up?: (n: number) => boolean;
  down?: (n: number) => boolean;
  cookie?: boolean;
  fingerprint?: string;
  client?: Partial<DtlsClientOptions>;
}

function connect(wire: Wire = {}) {
  const clock = new VirtualClock();
  const toServer: Uint8Array[] = [];
  const toClient: Uint8Array[] = [];
  let [sentUp, sentDown] = [0, 0];
  const closed: DtlsCloseReason[] = [];
  let keys: SrtpKeys | undefined;
  const server = new DtlsServer({
    certificate: OURS,
    clock,
    random,
    cookie: wire.cookie,
    send: (d) => (wire.down?.(sentDown++) ?? true) && toClient.push(d),
    onConnected: (k) => keys = k,
    onClosed: (reason) => closed.push(reason),
  });
  server.expect([{ algorithm: "sha-256", value: wire.fingerprint ?? THEIRS.fingerprint }]);
  const client = new DtlsClient({
    certificate: THEIRS,
    random,
    send: (d) => (wire.up?.(sentUp++) ?? true) && toServer.push(d),
    ...wire.client,
  });
  const settle = async () => {
    while (toServer.length + toClient.length > 0) {
      const up = toServer.shift();
      if (up) server.receive(up);
      const down = toClient.shift();
      if (down) client.receive(down);
      await Promise.resolve();
    }
  };
  client.start();
  return { clock, server, client, closed, settle, toServer, toClient, keys: () => keys };
}

function assertSameKeys(a: SrtpKeys | undefined, b: SrtpKeys | undefined): void {
  assert.ok(a && b);
  assert.deepEqual(
    [a.clientKey, a.serverKey, a.clientSalt, a.serverSalt].map((k) => k.toHex()),
    [b.clientKey, b.serverKey, b.clientSalt, b.serverSalt].map((k) => k.toHex()),
  );
}

for (const group of [23, 29] as const) {
  Deno.test(`DtlsServer shakes hands over group ${group} and both sides get the same keys`, async () => {
    const c = connect({ client: { group, fragment: 40 } });
    await c.settle();
    assert.equal(c.server.state, "connected");
    assertSameKeys(c.client.keys, c.keys());
    assert.equal(c.clock.pending, 0);
    c.server.close();
    await c.settle();
    assert.deepEqual(c.client.alerts, [0]);
  });
}

Deno.test("DtlsServer asks for a cookie first when told to", async () => {
  const c = connect({ cookie: true });
  await c.settle();
  assert.equal(c.server.state, "connected");
  assertSameKeys(c.client.keys, c.keys());
});

Deno.test("DtlsServer closes on the peer's close_notify", async () => {
  const c = connect();
  await c.settle();
  c.client.close();
  await c.settle();
  assert.deepEqual(c.closed, [{ kind: "peer_alert", description: 0 }]);
});

const REFUSALS: [string, Wire, string, number][] = [
  [
    "a certificate that was not signalled",
    { fingerprint: OTHER.fingerprint },
    "bad_certificate",
    42,
  ],
  ["a client without certificate", { client: { withoutCertificate: true } }, "bad_certificate", 42],
  ["a forged CertificateVerify", { client: { forgeVerify: OTHER } }, "decrypt_error", 51],
  ["a wrong Finished", { client: { forgeFinished: true } }, "decrypt_error", 51],
  ["no common SRTP profile", { client: { srtpProfiles: [7] } }, "handshake_failure", 40],
  ["no common suite", { client: { suites: [0xc02f] } }, "handshake_failure", 40],
  [
    "no extended master secret",
    { client: { withoutExtendedMasterSecret: true } },
    "handshake_failure",
    40,
  ],
];
for (const [what, wire, alert, description] of REFUSALS) {
  Deno.test(`DtlsServer refuses ${what}`, async () => {
    const c = connect(wire);
    await c.settle();
    const [reason] = c.closed;
    assert.equal(reason?.kind === "refused" && reason.alert, alert);
    assert.deepEqual(c.client.alerts, [description]);
    assert.equal(c.server.state, "closed");
    assert.equal(c.keys(), undefined);
    assert.equal(c.clock.pending, 0);
  });
}

Deno.test("DtlsServer gets through when every other datagram is lost", async () => {
  const odd = (n: number) => n % 2 === 1;
  const c = connect({ up: odd, down: odd });
  for (let i = 0; i < 20 && !c.client.keys; i++) {
    await c.settle();
    c.clock.advance(400);
    await c.settle();
    if (!c.client.keys) c.client.sendAgain();
  }
  assertSameKeys(c.client.keys, c.keys());
});

Deno.test("DtlsServer gives up at its deadline", async () => {
  const c = connect({ down: () => false });
  await c.settle();
  c.clock.advance(14_999);
  assert.deepEqual(c.closed, []);
  c.clock.advance(1);
  assert.deepEqual(c.closed, [{ kind: "timeout" }]);
  assert.equal(c.clock.pending, 0);
});

Deno.test("DtlsServer answers nothing before it knows whom to expect, nor to rubbish", () => {
  const sent: Uint8Array[] = [];
  const server = new DtlsServer({
    certificate: OURS,
    clock: new VirtualClock(),
    random,
    send: (d) => sent.push(d),
    onConnected: () => assert.fail(),
    onClosed: () => {},
  });
  const hello: Uint8Array[] = [];
  new DtlsClient({ certificate: THEIRS, random, send: (d) => hello.push(d) }).start();
  server.receive(hello[0]);
  assert.equal(sent.length, 0);
  server.expect([{ algorithm: "sha-256", value: THEIRS.fingerprint }]);
  for (let i = 0; i < 200; i++) server.receive(random(i));
  assert.equal(server.state, "idle");
});
