import { z } from "zod";
import { ServiceName } from "../ids/names.ts";

/** Header in which a snapshot's signature comes. */
export const SNAPSHOT_HEADER = "antiphon-snapshot";
/** The `typ` of a signature (RFC 8725 section 3.11): nothing else passes for one. */
export const SNAPSHOT_TYP = "snapshot+jws";

/** What the control plane signs of a snapshot: whose it is, which, and a hash of its bytes. */
export const SnapshotClaims = z.object({
  iss: z.literal("control-plane"),
  /** The PoP or edge that it is for. */
  aud: ServiceName,
  version: z.string().min(1).max(128),
  /** Grows with every change of what snapshots tell: an older one is never taken again. */
  sequence: z.number().int().nonnegative(),
  /** SHA-256 of the body, base64url. */
  sha256: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type SnapshotClaims = z.infer<typeof SnapshotClaims>;
