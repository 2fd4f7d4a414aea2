import type { FlowDraft } from "./flow_draft.ts";

const say = (text: string) => ({ items: [{ type: "say", text }] });

/** A bank: customers say who they are, hear their balance, and block a card whose number nobody sees. */
export const BANK: FlowDraft = {
  id: "bank",
  name: "Bank",
  kind: "voice",
  start: "who",
  onError: "to-cards",
  variables: {
    customerNumber: "",
    customerName: { agentViewable: true },
    balance: { type: "number" },
    cardNumber: { sensitive: true },
  },
  handlers: [{ event: "agent-answered", start: "show" }],
  activities: {
    who: {
      type: "collect",
      ...say("Please enter your customer number, then the hash key."),
      variable: "customerNumber",
      maxDigits: 8,
      terminator: "#",
      next: "look",
      onTimeout: "again",
    },
    again: { type: "loop", times: 2, next: "sorry", onDone: "to-cards" },
    sorry: { type: "play", ...say("Sorry, we did not find you."), next: "who" },
    look: {
      type: "http-request",
      connectorId: "bank",
      path: "/customers/{{ customerNumber }}",
      outputs: [
        { variable: "customerName", path: "$.name" },
        { variable: "balance", path: "$.balance", type: "number" },
      ],
      next: "menu",
      onStatus: [{ status: "404", next: "again" }],
    },
    menu: {
      type: "menu",
      ...say(
        "Hello {{ customerName }}. For your balance press 1, to block a card 2, for a person 0.",
      ),
      choices: [
        { digits: "1", next: "tell" },
        { digits: "2", next: "card" },
        { digits: "0", next: "to-cards" },
      ],
      onNoInput: "to-cards",
      onNoMatch: "to-cards",
    },
    tell: {
      type: "play",
      ...say("You have {{ balance | numberformat('0.00') }} euros."),
      next: "menu",
    },
    card: {
      type: "collect",
      ...say("Please enter the card's number, then the hash key."),
      variable: "cardNumber",
      maxDigits: 16,
      terminator: "#",
      next: "block",
      onTimeout: "to-cards",
    },
    block: {
      type: "http-request",
      connectorId: "bank",
      method: "POST",
      path: "/cards/block",
      body: '{"customer":"{{ customerNumber }}","card":"[[cardNumber]]"}',
      sensitive: ["cardNumber"],
      next: "blocked",
    },
    blocked: { type: "play", ...say("The card is blocked. Goodbye."), next: "bye" },
    bye: { type: "hang-up" },
    "to-cards": { type: "queue", queueId: "cards" },
    show: {
      type: "screen-pop",
      url: "https://crm.example/customers/{{ customerNumber | urlencode }}",
      title: "{{ customerName | default('Customer') }}",
    },
  },
};
