import { z } from "zod";
import type { Channel } from "../ids/names.ts";

/** Kinds of media that an agent's capacity is counted by. */
export const MediaKind = z.enum(["voice", "chat", "email", "social"]);
export type MediaKind = z.infer<typeof MediaKind>;

const MEDIA: Readonly<Record<Channel, MediaKind>> = { voice: "voice", whatsapp: "social" };

/** The kind of media a channel counts as. */
export function mediaOf(channel: Channel): MediaKind {
  return MEDIA[channel];
}
