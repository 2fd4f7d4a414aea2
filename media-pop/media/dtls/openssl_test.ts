import assert from "node:assert/strict";
import { randomBytes, X509Certificate } from "node:crypto";
import { SYSTEM_CLOCK } from "../clock/system_clock.ts";
import { openDenoSocket } from "../rtp/open_deno_socket.ts";
import type { DatagramAddress } from "../rtp/datagram_socket.ts";
import { makeCertificate } from "./certificate.ts";
import { DtlsServer } from "./dtls_server.ts";
import type { SrtpKeys } from "./session_secrets.ts";

const random = (size: number) => new Uint8Array(randomBytes(size));

async function has(program: string): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: ["version"] }).output()).success;
  } catch {
    return false;
  }
}
const ignore = !await has("openssl");

for (const key of [["ec", "ec_paramgen_curve:P-256"], ["rsa", "rsa_keygen_bits:2048"]]) {
  Deno.test({
    name: `DtlsServer exports the same SRTP keys as OpenSSL's client (${key[0]})`,
    ignore,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      const [keyFile, certFile] = [`${folder}/key.pem`, `${folder}/cert.pem`];
      const made = await new Deno.Command("openssl", {
        args: ["req", "-x509", "-nodes", "-newkey", key[0], "-pkeyopt", key[1], "-subj", "/CN=t"]
          .concat(["-keyout", keyFile, "-out", certFile, "-days", "1"]),
      }).output();
      assert.ok(made.success, new TextDecoder().decode(made.stderr));
      const fingerprint = new X509Certificate(await Deno.readTextFile(certFile)).fingerprint256;

      const connected = Promise.withResolvers<SrtpKeys>();
      let peer: DatagramAddress = { hostname: "127.0.0.1", port: 1 };
      const server = new DtlsServer({
        certificate: makeCertificate(Date.now(), random),
        clock: SYSTEM_CLOCK,
        random,
        cookie: true,
        send: (datagram) => socket.send(datagram, peer),
        onConnected: connected.resolve,
        onClosed: (reason) => connected.reject(new Error(JSON.stringify(reason))),
      });
      server.expect([{ algorithm: "sha-256", value: fingerprint }]);
      const socket = openDenoSocket({ hostname: "127.0.0.1", port: 0 }, (packet, from) => {
        peer = from;
        server.receive(packet);
      }, assert.ifError);
      const client = new Deno.Command("openssl", {
        args: ["s_client", "-dtls1_2", "-connect", `127.0.0.1:${socket.address.port}`]
          .concat(["-cert", certFile, "-key", keyFile, "-use_srtp", "SRTP_AES128_CM_SHA1_80"])
          .concat(["-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", "60"]),
        stdin: "piped",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      try {
        const keys = await connected.promise;
        let text = "";
        for await (const chunk of client.stdout.pipeThrough(new TextDecoderStream())) {
          text += chunk;
          if (/Keying material: [0-9A-F]{120}/.test(text)) break;
        }
        const exported = /Keying material: ([0-9A-F]{120})/.exec(text)?.[1].toLowerCase();
        const { clientKey, serverKey, clientSalt, serverSalt } = keys;
        assert.equal(
          exported,
          [clientKey, serverKey, clientSalt, serverSalt].map((k) => k.toHex()).join(""),
        );
        assert.match(text, /Extended master secret: yes/);
      } finally {
        server.close();
        socket.close();
        client.kill();
        await client.stdin.close().catch(() => {});
        await client.status;
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
