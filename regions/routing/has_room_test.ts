import assert from "node:assert/strict";
import { type Blending, MediaCapacity } from "../../protocol/configuration/multimedia_profile.ts";
import { MediaKind } from "../../protocol/interaction/media_kind.ts";
import { hasRoom } from "./has_room.ts";

function rooms(blending: Blending, load: Partial<Record<MediaKind, number>>): string {
  const capacity = MediaCapacity.parse({ voice: 1, chat: 2, email: 2, social: 2, blending });
  const full = { voice: 0, chat: 0, email: 0, social: 0, ...load };
  return MediaKind.options.filter((media) => hasRoom(capacity, full, media)).join(" ");
}

Deno.test("hasRoom() exclusive takes one contact, whatever its medium", () => {
  assert.equal(rooms("exclusive", {}), "voice chat email social");
  assert.equal(rooms("exclusive", { email: 1 }), "");
});

Deno.test("hasRoom() blended fills every medium by itself", () => {
  assert.equal(rooms("blended", { voice: 1 }), "chat email social");
  assert.equal(rooms("blended", { chat: 2, social: 1 }), "voice email social");
});

Deno.test("hasRoom() blended-real-time keeps calls and chats apart", () => {
  assert.equal(rooms("blended-real-time", { voice: 1 }), "email social");
  assert.equal(rooms("blended-real-time", { chat: 1 }), "chat email social");
  assert.equal(rooms("blended-real-time", { email: 2 }), "voice chat social");
});

Deno.test("hasRoom() voice-first lets a call join, and nothing join a call", () => {
  assert.equal(rooms("voice-first", { chat: 1, email: 2 }), "voice chat social");
  assert.equal(rooms("voice-first", { voice: 1 }), "");
});
