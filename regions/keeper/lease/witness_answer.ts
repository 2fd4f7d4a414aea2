import { z } from "zod";
import { WitnessRecord } from "./witness_record.ts";

/**
 * Why a witness did not do what it was asked: a newer term is known, another's grant is live, another
 * keeper of the same site is about, or a newer statement of who is in sync is known.
 */
export const WitnessRefusal = z.enum(["lower-term", "held", "duplicate", "newer-sync"]);
export type WitnessRefusal = z.infer<typeof WitnessRefusal>;

/** Answer to a {@linkcode WitnessRequest}. */
export const WitnessAnswer = z.object({
  /** Null when it was done. A read is refused only as "duplicate", and answered all the same. */
  refusal: WitnessRefusal.nullable(),
  /** What is kept now; null before the first grant. */
  record: WitnessRecord.nullable(),
  /** How long the grant stays live, on the witness's clock; 0 when it does not. */
  liveMs: z.number().nonnegative(),
});
export type WitnessAnswer = z.infer<typeof WitnessAnswer>;
