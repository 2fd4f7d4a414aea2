import { createHash } from "node:crypto";
import { canonicalJson } from "../secrets/canonical_json.ts";

/** A configuration as it goes out: its version and its whole text. */
export interface Snapshot {
  version: string;
  body: string;
}

/** A snapshot with the control plane's word for it. */
export interface SignedSnapshot extends Snapshot {
  sequence: number;
  signature: string;
}

/** Makes a snapshot. The version is a hash of the content: equal content, equal version. */
export function toSnapshot(content: object): Snapshot {
  const version = createHash("sha256").update(canonicalJson(content)).digest("base64url")
    .slice(0, 24);
  return { version, body: JSON.stringify({ version, ...content }) };
}
