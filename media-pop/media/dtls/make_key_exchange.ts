import { Buffer } from "node:buffer";
import {
  createECDH,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { AlertError } from "./alert_error.ts";
import { concat } from "./concat.ts";

/** Our half of an ephemeral key agreement. */
export interface KeyExchange {
  /** Named group: 29 is X25519, 23 is P-256. */
  group: number;
  publicKey: Uint8Array;
  /** The shared secret; throws `illegal_parameter` for a point that is not on the curve. */
  agree(peer: Uint8Array): Uint8Array;
}

const X25519_SPKI = Uint8Array.fromHex("302a300506032b656e032100");

/** Makes a fresh key in the first group of ours that the peer offers (RFC 8422). */
export function makeKeyExchange(offered: number[]): KeyExchange {
  if (offered.includes(29)) return x25519();
  if (offered.includes(23)) return p256();
  throw new AlertError("handshake_failure", "The client offers neither X25519 nor P-256");
}

function x25519(): KeyExchange {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  return {
    group: 29,
    publicKey: publicKey.export({ type: "spki", format: "der" }).subarray(-32),
    agree: guarded(32, (peer) => x25519Secret(privateKey, peer)),
  };
}

function x25519Secret(privateKey: KeyObject, peer: Uint8Array): Uint8Array {
  const key = Buffer.from(concat(X25519_SPKI, peer));
  const publicKey = createPublicKey({ key, format: "der", type: "spki" });
  const secret = diffieHellman({ privateKey, publicKey });
  if (secret.every((byte) => byte === 0)) throw new Error("The shared secret is zero");
  return secret;
}

function p256(): KeyExchange {
  const ecdh = createECDH("prime256v1");
  const publicKey = ecdh.generateKeys();
  return { group: 23, publicKey, agree: guarded(65, (peer) => ecdh.computeSecret(peer)) };
}

function guarded(size: number, agree: (peer: Uint8Array) => Uint8Array): KeyExchange["agree"] {
  return (peer) => {
    try {
      if (peer.length === size) return agree(peer);
    } catch (cause) {
      throw new AlertError("illegal_parameter", `Bad public key of the client: ${cause}`);
    }
    throw new AlertError("illegal_parameter", "The client's public key has a wrong size");
  };
}
