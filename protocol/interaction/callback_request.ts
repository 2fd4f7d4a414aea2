import { z } from "zod";
import { PhoneNumber } from "../ids/names.ts";

/** Body of `POST /v1/interactions/{id}/callback`: a caller who waits is to be called back. */
export const CallbackRequest = z.strictObject({
  number: PhoneNumber,
  /** How long the place in the queue is kept. */
  withinSeconds: z.number().int().min(60).max(7 * 86_400).default(86_400),
});
export type CallbackRequest = z.infer<typeof CallbackRequest>;
