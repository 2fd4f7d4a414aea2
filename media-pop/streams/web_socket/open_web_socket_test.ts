import assert from "node:assert/strict";
import { join } from "node:path";
import { answerUpgrade } from "../../testing/answer_upgrade.ts";
import { openWebSocket } from "./open_web_socket.ts";

const events = { text: () => {}, alive: () => {}, closed: () => {} };

function dial(port: number, { tls = false, hostname = "bot.test", caCerts, ms = 2000 }: {
  tls?: boolean;
  hostname?: string;
  caCerts?: string[];
  ms?: number;
} = {}) {
  return openWebSocket({
    url: new URL(`${tls ? "wss" : "ws"}://${hostname}:${port}/ear?a=b`),
    target: { hostname, port, address: "127.0.0.1", tls },
    headers: { authorization: "Bearer x\r\nevil: yes" },
    events,
    random: (size) => new Uint8Array(size),
    random32: () => 0,
    signal: AbortSignal.timeout(ms),
    caCerts,
  });
}

Deno.test("the address that was looked at is called, with the host's name and no more headers", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const opening = dial(listener.addr.port);
  const connection = await listener.accept();
  const request = await answerUpgrade(connection);
  const socket = await opening;
  assert.match(request, /^GET \/ear\?a=b HTTP\/1\.1\r\nhost: bot\.test:\d+\r\n/);
  assert.match(request, /\r\nauthorization: Bearer xevil: yes\r\n/);
  connection.close();
  socket.close(1000);
});

Deno.test("an answer that is not the upgrade that was asked for is refused", async () => {
  for (
    const answer of [
      { status: "302 Found" },
      { status: "200 OK" },
      { key: "another" },
      { extra: "Sec-WebSocket-Extensions: permessage-deflate\r\n" },
      { extra: "Sec-WebSocket-Protocol: chat\r\n" },
      { extra: `X: ${"x".repeat(20_000)}\r\n` },
    ]
  ) {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const refused = assert.rejects(dial(listener.addr.port), { code: "provider_refused" });
    using connection = await listener.accept();
    await answerUpgrade(connection, answer);
    await refused;
  }
});

Deno.test("nobody there, and nobody who answers, is told apart", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  await assert.rejects(dial(port, { ms: 50 }), { code: "deadline_exceeded" });
  listener.close();
  await assert.rejects(dial(port), { code: "unavailable" });
});

Deno.test("TLS is verified for the host's name", async () => {
  const folder = await Deno.makeTempDir();
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  const { success } = await new Deno.Command("openssl", {
    args: `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=t
      -addext subjectAltName=DNS:bot.test -addext basicConstraints=critical,CA:FALSE
      -keyout ${key} -out ${cert}`.split(/\s+/),
    stderr: "null",
  }).output();
  assert.ok(success);
  const pem = await Deno.readTextFile(cert);
  const server = Deno.serve({
    ...{ hostname: "127.0.0.1", port: 0, cert: pem, key: await Deno.readTextFile(key) },
    onListen: () => {},
  }, (request) => Deno.upgradeWebSocket(request).response);
  const { port } = server.addr;
  const caCerts = [pem];
  const good = await dial(port, { tls: true, caCerts });
  good.close(1000);
  await assert.rejects(dial(port, { tls: true }), { code: "unavailable" });
  await assert.rejects(dial(port, { tls: true, caCerts, hostname: "other.test" }), {
    code: "unavailable",
  });
  await server.shutdown();
  await Deno.remove(folder, { recursive: true });
});
