import type { Context } from "hono";
import type { Applied } from "../changes/apply_change.ts";

/** Answers 201, with `Location` and, for a repeat, `Idempotency-Replayed: true`. */
export function created<T extends object>(
  c: Context,
  { answer, replayed }: Applied<T>,
  at: string,
) {
  c.header("location", at);
  if (replayed) c.header("idempotency-replayed", "true");
  return c.json(answer, 201);
}
