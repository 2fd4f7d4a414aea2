import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type TestCertificates, testCertificates } from "../testing/test_certificates.ts";
import { checkTls } from "./check_tls.ts";
import { openConnection } from "./open_connection.ts";

let certificates: TestCertificates;
Deno.test.beforeAll(async () => {
  certificates = await testCertificates();
});
Deno.test.afterAll(() => certificates.remove());

type Kind = keyof TestCertificates["files"];

/** A TLS server of OpenSSL with these arguments; answers the code of the refusal, or null. */
async function meet(kind: Kind, args: string[], trusted = true): Promise<string | null> {
  const { cert, key } = certificates.files[kind];
  const server = new Deno.Command("openssl", {
    args: ["s_server", "-accept", "127.0.0.1:0", "-cert", cert, "-key", key, "-www", ...args],
    ...{ stdout: "piped", stderr: "null" },
  }).spawn();
  try {
    const port = await portOf(server.stdout);
    const egress = {
      allow: new Set([`localhost:${port}`]),
      resolve: () => Promise.resolve([]),
      ...trusted ? { ca: [certificates.ca] } : {},
    };
    const signal = AbortSignal.timeout(10_000);
    const socket = await openConnection(new URL(`https://localhost:${port}`), egress, signal);
    socket.destroy();
    return null;
  } catch (error) {
    return (error as AntiphonError).code;
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}

/** Reads "ACCEPT 127.0.0.1:1234". */
async function portOf(output: ReadableStream<Uint8Array>): Promise<number> {
  let text = "";
  for await (const chunk of output.pipeThrough(new TextDecoderStream() as never)) {
    text += chunk;
    const found = /ACCEPT [^\n]*:([0-9]+)\n/.exec(text);
    if (found) return Number(found[1]);
  }
  throw new Error(`No port in ${text}`);
}

const TLS12 = (cipher: string) => ["-tls1_2", "-cipher", `${cipher}:@SECLEVEL=0`];

Deno.test("TLS 1.3 and TLS 1.2 with an agreed suite are taken", async () => {
  assert.equal(await meet("ec", ["-tls1_3"]), null);
  assert.equal(await meet("rsa", ["-tls1_3"]), null);
  assert.equal(await meet("ec", TLS12("ECDHE-ECDSA-AES128-GCM-SHA256")), null);
  assert.equal(await meet("ec", TLS12("ECDHE-ECDSA-AES256-GCM-SHA384")), null);
});

Deno.test("other suites, older versions, strangers' and expired certificates are refused", async () => {
  assert.equal(await meet("rsa", TLS12("ECDHE-RSA-AES256-GCM-SHA384")), "tls_refused");
  assert.equal(await meet("ec", TLS12("ECDHE-ECDSA-CHACHA20-POLY1305")), "tls_refused");
  assert.equal(await meet("rsa", ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]), "tls_refused");
  assert.equal(await meet("stranger", ["-tls1_3"]), "tls_refused");
  assert.equal(await meet("expired", ["-tls1_3"]), "tls_refused");
  assert.equal(await meet("ec", ["-tls1_3"], false), "tls_refused");
});

Deno.test("checkTls() knows the suites by name", () => {
  for (
    const cipher of [
      "DHE-RSA-AES128-GCM-SHA256",
      "ECDHE-RSA-AES128-SHA",
      "ECDHE-ECDSA-AES128-GCM-SHA256",
    ]
  ) checkTls({ protocol: "TLSv1.2", cipher });
  for (
    const [protocol, cipher] of [
      ["TLSv1.1", "ECDHE-ECDSA-AES128-GCM-SHA256"],
      ["TLSv1.2", "AES128-SHA"],
      [null, ""],
    ] as const
  ) {
    assert.throws(() => checkTls({ protocol, cipher }), { code: "tls_refused" });
  }
});
