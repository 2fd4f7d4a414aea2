import { z } from "zod";

/** Headers of every POST. */
export const IdempotencyHeaders = z.object({
  "idempotency-key": z.string().regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 visible characters")
    .optional().meta({
      description: "Makes repeats harmless: the same key and body give the same answer for a day",
    }),
});
