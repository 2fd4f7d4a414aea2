import type { MediaCapacity } from "../../protocol/configuration/multimedia_profile.ts";
import type { MediaKind } from "../../protocol/interaction/media_kind.ts";

/** Contacts an agent has, by medium. */
export type MediaLoad = Record<MediaKind, number>;

/** Whether an agent with this capacity and load may be given one more contact of a medium. O(1). */
export function hasRoom(capacity: MediaCapacity, load: MediaLoad, media: MediaKind): boolean {
  if (load[media] >= capacity[media]) return false;
  switch (capacity.blending) {
    case "exclusive":
      return load.voice + load.chat + load.email + load.social === 0;
    case "blended":
      return true;
    case "blended-real-time":
      if (media === "voice") return load.chat === 0;
      return media !== "chat" || load.voice === 0;
    case "voice-first":
      return load.voice === 0;
  }
}
