import type { Channel } from "../../../protocol/ids/names.ts";

/** What a channel is called to people. */
export function channelLabel(channel: Channel): string {
  return channel === "voice" ? "Call" : "WhatsApp";
}
