import { AlertError } from "./alert_error.ts";
import { ByteReader } from "./byte_reader.ts";

/** What we use of a ClientHello (RFC 6347 section 4.3.2). */
export interface ClientHello {
  random: Uint8Array;
  cookie: Uint8Array;
  suites: number[];
  /** Named groups, P-256 when the client does not say (RFC 8422 section 4). */
  groups: number[];
  /** SRTP protection profiles (RFC 5764 section 4.1.2). */
  srtpProfiles: number[];
  extendedMasterSecret: boolean;
  /** The client knows RFC 5746 and gets its empty answer. */
  secureRenegotiation: boolean;
}

/** Reads a ClientHello. Throws `AlertError` when malformed or older than DTLS 1.2. */
export function readClientHello(body: Uint8Array): ClientHello {
  const reader = new ByteReader(body);
  const version = reader.number(2);
  if (version > 0xfefd) throw new AlertError("protocol_version", "The client is older than 1.2");
  const random = reader.bytes(32);
  reader.vector(1);
  const cookie = reader.vector(1);
  const suites = reader.numbers(2);
  if (!reader.vector(1).includes(0)) {
    throw new AlertError("illegal_parameter", "The client does not offer null compression");
  }
  const hello: ClientHello = {
    random,
    cookie,
    suites,
    groups: [23],
    srtpProfiles: [],
    extendedMasterSecret: false,
    secureRenegotiation: suites.includes(0x00ff),
  };
  if (reader.rest > 0) readExtensions(hello, new ByteReader(reader.vector(2)));
  reader.end();
  return hello;
}

function readExtensions(hello: ClientHello, list: ByteReader): void {
  while (list.rest > 0) {
    const type = list.number(2);
    const data = new ByteReader(list.vector(2));
    if (type === 10) hello.groups = data.numbers(2);
    else if (type === 14) hello.srtpProfiles = data.numbers(2);
    else if (type === 23) hello.extendedMasterSecret = true;
    else if (type === 0xff01) hello.secureRenegotiation = true;
  }
}
