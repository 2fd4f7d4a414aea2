import { channelLabel } from "../format/channel_label.ts";
import { contactLabel } from "./contact_label.ts";
import type { DesktopState } from "./desktop_state.ts";

/** The window's title, which also tells of offers and new messages while it is hidden. */
export function documentTitle(state: DesktopState): string {
  if (state.phase !== "signed-in") return "Sign in · Antiphon";
  const offer = state.offers[0];
  if (offer) return `● ${channelLabel(offer.channel)} from ${contactLabel(offer)} · Antiphon`;
  const unread = Object.values(state.unread).reduce((sum, n) => sum + n, 0);
  if (unread > 0) return `(${unread}) Antiphon`;
  return "Antiphon";
}
