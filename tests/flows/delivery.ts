import type { FlowDraft } from "./flow_draft.ts";

/** A parcel service: who waits hears where they stand, and may be called back instead. */
export const DELIVERY: FlowDraft = {
  id: "delivery",
  name: "Deliveries",
  kind: "voice",
  start: "wait",
  activities: {
    wait: { type: "queue", queueId: "parcels", next: "announce" },
    announce: {
      type: "play",
      items: [
        { type: "announce", what: "position", queueId: "parcels" },
        { type: "announce", what: "wait", queueId: "parcels" },
      ],
      next: "offer",
      onError: "patience",
    },
    offer: {
      type: "collect",
      items: [{ type: "say", text: "Press 1 and we call you back; you keep your place." }],
      variable: "wish",
      maxDigits: 1,
      firstDigitSeconds: 5,
      next: "wished",
      onTimeout: "patience",
    },
    wished: {
      type: "switch",
      value: "{{ wish }}",
      cases: [{ equals: "1", next: "call-back" }],
      otherwise: "patience",
    },
    "call-back": { type: "callback", next: "goodbye", onRefused: "patience" },
    goodbye: {
      type: "play",
      items: [{ type: "say", text: "We call you back. Goodbye." }],
      next: "bye",
    },
    bye: { type: "return" },
    patience: { type: "wait", seconds: 20, next: "announce" },
  },
};
