import type { FlowDraft } from "./flow_draft.ts";

const say = (text: string) => ({ items: [{ type: "say", text }] });

/** An airline: a cancelled flight is booked anew, one offer after the other, by its service. */
export const AIRLINE: FlowDraft = {
  id: "airline",
  name: "Rebooking",
  kind: "voice",
  start: "reference",
  onError: "to-bookings",
  variables: {
    bookingReference: "",
    booking: { type: "json" },
    offer: { type: "json" },
    offers: { type: "number", value: "0" },
    confirmed: { type: "text", agentViewable: true },
  },
  activities: {
    reference: {
      type: "collect",
      ...say("Please enter the six digits of your booking."),
      variable: "bookingReference",
      maxDigits: 6,
      next: "look",
      onTimeout: "to-bookings",
    },
    look: {
      type: "http-request",
      connectorId: "airline",
      path: "/bookings/{{ bookingReference }}",
      outputs: [{ variable: "booking", path: "$", type: "json" }],
      next: "any",
      onStatus: [{ status: "4xx", next: "to-bookings" }],
    },
    any: {
      type: "branch",
      condition: "booking.alternatives | length > offers",
      next: "take",
      otherwise: "to-bookings",
    },
    take: {
      type: "set",
      variable: "offer",
      expression: "booking.alternatives[offers]",
      next: "offer",
    },
    offer: {
      type: "menu",
      ...say("Flight {{ offer.flight }} at {{ offer.at }}. To take it press 1, for another one 2."),
      choices: [{ digits: "1", next: "book" }, { digits: "2", next: "count" }],
      onNoInput: "to-bookings",
      onNoMatch: "to-bookings",
    },
    count: { type: "set", variable: "offers", expression: "offers + 1", next: "any" },
    book: {
      type: "http-request",
      connectorId: "airline",
      method: "POST",
      path: "/bookings/{{ bookingReference }}/changes",
      body: '{"flight":{{ offer.flight | json }}}',
      outputs: [{ variable: "confirmed", path: "$.confirmation" }],
      next: "thanks",
    },
    thanks: {
      type: "play",
      ...say("Your new flight is booked. The number is {{ confirmed | digits }}."),
      next: "bye",
    },
    bye: { type: "hang-up" },
    "to-bookings": { type: "queue", queueId: "bookings" },
  },
};
