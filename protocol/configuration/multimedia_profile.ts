import { z } from "zod";
import { Named } from "./named.ts";

/**
 * How media may be mixed:
 * - `exclusive`: one contact at a time, whatever its medium;
 * - `blended`: each medium up to its count, side by side;
 * - `blended-real-time`: calls or chats, not both at once, beside e-mail and social messages;
 * - `voice-first`: a call may join what an agent has, but beside a call nothing new is offered.
 */
export const Blending = z.enum(["exclusive", "blended", "blended-real-time", "voice-first"]);
export type Blending = z.infer<typeof Blending>;

const count = (most: number, usual: number) => z.number().int().min(0).max(most).default(usual);

/** Contacts of each medium that an agent has at once. */
export const MediaCapacity = z.object({
  voice: count(1, 1),
  chat: count(20, 3),
  email: count(50, 5),
  social: count(20, 3),
  blending: Blending.default("voice-first"),
});
export type MediaCapacity = z.infer<typeof MediaCapacity>;

/** A named capacity that is given to sites, teams and agents; the narrowest that has one counts. */
export const MultimediaProfile = Named.extend(MediaCapacity.shape);
export type MultimediaProfile = z.infer<typeof MultimediaProfile>;
