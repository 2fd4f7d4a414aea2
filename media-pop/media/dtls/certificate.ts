import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { der } from "./der.ts";

/** Our certificate: its DER, its private key, its SHA-256 fingerprint as SDP writes it. */
export interface Certificate {
  der: Uint8Array;
  key: KeyObject;
  /** `AB:CD:…`, RFC 8122 section 5. */
  fingerprint: string;
}

const ECDSA_SHA256 = Uint8Array.fromHex("06082a8648ce3d040302");
const COMMON_NAME = Uint8Array.fromHex("0603550403");
const DAY = 86_400_000;

/**
 * Makes a self-signed P-256 certificate, valid from a day before `now` (milliseconds since 1970)
 * for a year. WebRTC peers trust its fingerprint alone (RFC 8827 section 6.5).
 */
export function makeCertificate(now: number, random: (size: number) => Uint8Array): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(0x30, ECDSA_SHA256);
  const text = der(0x0c, new TextEncoder().encode("antiphon"));
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, text)));
  const serial = random(9);
  serial[0] = 1;
  const body = der(
    0x30,
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, serial),
    algorithm,
    name,
    der(0x30, time(now - DAY), time(now + 365 * DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = der(0x30, body, algorithm, der(0x03, Uint8Array.of(0), signature));
  const digest = createHash("sha256").update(certificate).digest("hex").toUpperCase();
  return { der: certificate, key: privateKey, fingerprint: digest.match(/../g)!.join(":") };
}

/** UTCTime, good until 2049 (RFC 5280 section 4.1.2.5.1). */
function time(at: number): Uint8Array {
  const digits = new Date(at).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return der(0x17, new TextEncoder().encode(`${digits}Z`));
}
