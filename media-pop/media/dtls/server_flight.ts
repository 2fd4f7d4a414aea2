import { sign } from "node:crypto";
import { ByteWriter } from "./byte_writer.ts";
import type { Certificate } from "./certificate.ts";
import type { ClientHello } from "./read_client_hello.ts";
import { concat } from "./concat.ts";
import { HANDSHAKE } from "./handshake_types.ts";
import type { KeyExchange } from "./make_key_exchange.ts";

const EMPTY = new Uint8Array();

/** The messages of flight 4, ServerHello to ServerHelloDone, as type and body. */
export function serverFlight(
  hello: ClientHello,
  random: Uint8Array,
  exchange: KeyExchange,
  certificate: Certificate,
): [type: number, body: Uint8Array][] {
  const parameters = new ByteWriter().number(1, 3).number(2, exchange.group)
    .vector(1, exchange.publicKey).finish();
  const signature = sign("sha256", concat(hello.random, random, parameters), certificate.key);
  const chain = new ByteWriter().vector(3, certificate.der).finish();
  return [
    [HANDSHAKE.server_hello, serverHello(hello, random)],
    [HANDSHAKE.certificate, new ByteWriter().vector(3, chain).finish()],
    [
      HANDSHAKE.server_key_exchange,
      new ByteWriter().bytes(parameters).number(2, 0x0403).vector(2, signature).finish(),
    ],
    [HANDSHAKE.certificate_request, certificateRequest()],
    [HANDSHAKE.server_hello_done, EMPTY],
  ];
}

function serverHello(hello: ClientHello, random: Uint8Array): Uint8Array {
  const extensions = new ByteWriter()
    .number(2, 14).vector(2, Uint8Array.of(0, 2, 0, 1, 0))
    .number(2, 23).vector(2, EMPTY)
    .number(2, 11).vector(2, Uint8Array.of(1, 0));
  if (hello.secureRenegotiation) extensions.number(2, 0xff01).vector(2, Uint8Array.of(0));
  return new ByteWriter().number(2, 0xfefd).bytes(random).vector(1, EMPTY)
    .number(2, 0xc02b).number(1, 0).vector(2, extensions.finish()).finish();
}

/** Asks for an ECDSA or RSA certificate of any issuer (RFC 5246 section 7.4.4). */
function certificateRequest(): Uint8Array {
  return new ByteWriter().vector(1, Uint8Array.of(64, 1))
    .vector(2, Uint8Array.fromHex("040308040401")).vector(2, EMPTY).finish();
}
