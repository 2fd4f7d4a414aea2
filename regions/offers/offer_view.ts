import type { OfferView } from "../../protocol/agent_session/agent_view.ts";
import { callbackView } from "../callbacks/callback_view.ts";
import type { Interaction } from "../interactions/interaction.ts";

/** An offered interaction as the desktop shows it. Call it only while an offer stands. */
export function offerView(it: Interaction): OfferView {
  const offer = it.offer!;
  const place = it.place!;
  return {
    offerId: offer.offerId,
    interactionId: it.id,
    channel: it.channel,
    contact: it.virtual?.number ?? it.call?.number ?? it.contact,
    contactName: it.contactName,
    queue: { id: place.queueId, name: place.queueName },
    queuedAt: place.queuedAt,
    offeredAt: offer.offeredAt,
    expiresAt: offer.expiresAt,
    declinable: offer.declinable,
    virtual: it.virtual?.kind ?? null,
    callback: callbackView(it),
  };
}
