import { z } from "zod";

/**
 * Text of a request in which sealed values stand that are opened only when it is sent. What a
 * contact said can never become a part of its own.
 */
export const SealableText = z.union([
  z.string().max(64 << 10),
  z.array(z.union([z.string().max(64 << 10), z.object({ sealed: z.string().max(16 << 10) })]))
    .max(64),
]);
export type SealableText = z.infer<typeof SealableText>;

/** Whether some of it is sealed. */
export function isSealed(text: SealableText): boolean {
  return typeof text !== "string" && text.some((part) => typeof part !== "string");
}
