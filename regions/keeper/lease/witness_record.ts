import { z } from "zod";
import { ClusterId, Millis, RegionId } from "../../../protocol/ids/names.ts";

/** A keeper: its site, and which of the keepers of that name it is (kept in its state folder). */
export const LeaseHolder = z.object({ site: RegionId, instance: z.string().min(1).max(64) });
export type LeaseHolder = z.infer<typeof LeaseHolder>;

/** A term of the lease. 0 stands for "never". */
export const Term = z.number().int().nonnegative();

/**
 * Who has everything that was acknowledged, and the number of that statement: the term of the holder
 * that published it, and how many it had published in that term. The greater pair is the newer one.
 */
export const SyncSet = z.object({
  term: Term,
  revision: z.number().int().nonnegative(),
  inSync: z.array(RegionId).max(8),
});
export type SyncSet = z.infer<typeof SyncSet>;

/** Where a holder's write-ahead log was at a wall-clock time of the holder. */
export const WalPosition = z.object({
  timeline: z.number().int().positive(),
  /** "0/3000060". */
  lsn: z.string().regex(/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/),
  at: Millis,
});
export type WalPosition = z.infer<typeof WalPosition>;

/**
 * What a witness keeps of a cluster: durable before it answers. Whether the grant is still live is
 * not part of it; that is for the witness's own clock to say.
 */
export const WitnessRecord = z.object({
  clusterId: ClusterId,
  /** The highest term that was granted here. */
  term: Term,
  /** Null once released. */
  holder: LeaseHolder.nullable(),
  ttlMs: z.number().int().positive().max(600_000),
  sync: SyncSet,
  /** The holder's last word on it. */
  position: WalPosition.nullable(),
  /** Whom a holder released in favour of. */
  next: RegionId.nullable(),
});
export type WitnessRecord = z.infer<typeof WitnessRecord>;
