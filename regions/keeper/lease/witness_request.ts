import { z } from "zod";
import { RegionId } from "../../../protocol/ids/names.ts";
import { LeaseHolder, SyncSet, Term, WalPosition } from "./witness_record.ts";

const Ttl = z.number().int().positive().max(600_000);

/** Body of `POST /v1/witness/{clusterId}` of a keeper. Only keepers may ask. */
export const WitnessRequest = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("read"), from: LeaseHolder }),
  /** A new term. `sync` is the newest set that the asker read; a witness that knows a newer refuses. */
  z.object({
    kind: z.literal("acquire"),
    from: LeaseHolder,
    term: Term,
    ttlMs: Ttl,
    sync: SyncSet,
  }),
  z.object({
    kind: z.literal("renew"),
    from: LeaseHolder,
    term: Term,
    ttlMs: Ttl,
    sync: SyncSet,
    position: WalPosition.nullable(),
  }),
  z.object({
    kind: z.literal("release"),
    from: LeaseHolder,
    term: Term,
    next: RegionId.nullable(),
    position: WalPosition.nullable(),
  }),
]);
export type WitnessRequest = z.infer<typeof WitnessRequest>;
