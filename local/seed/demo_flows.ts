import { FlowDocument } from "../../protocol/flow/flow_document.ts";

/**
 * The demo's phone menu: greets and asks for a digit at once, which may be dialled into the
 * greeting; a wrong one is asked for once more; whoever says nothing gets support.
 */
export const DEMO_VOICE_FLOW = FlowDocument.parse({
  id: "phone-menu",
  name: "Phone menu",
  kind: "voice",
  start: "menu",
  variables: {},
  activities: {
    menu: ask("choose"),
    choose: choose("wrong-choice"),
    "wrong-choice": { type: "play", prompt: "invalid-choice", next: "menu-again" },
    "menu-again": ask("choose-again"),
    "choose-again": choose("to-support"),
    "to-sales": { type: "queue", queueId: "sales", priority: 0, music: "hold-music" },
    "to-support": { type: "queue", queueId: "support", priority: 0, music: "hold-music" },
  },
});

/** The demo's treatment of messages: greet, then find an agent. */
export const DEMO_DIGITAL_FLOW = FlowDocument.parse({
  id: "message-welcome",
  name: "Message welcome",
  kind: "digital",
  start: "greet",
  variables: { contactName: "" },
  activities: {
    greet: {
      type: "send-message",
      text: "Thanks for writing, {{contactName}}. One of our travel advisers will answer shortly.",
      next: "to-messages",
    },
    "to-messages": { type: "queue", queueId: "messages", priority: 0, music: "hold-music" },
  },
});

function ask(next: string): FlowDocument["activities"][string] {
  return {
    type: "collect",
    prompt: "welcome",
    variable: "choice",
    maxDigits: 1,
    firstDigitSeconds: 8,
    interDigitSeconds: 3,
    next,
    onTimeout: "to-support",
  };
}

function choose(otherwise: string): FlowDocument["activities"][string] {
  return {
    type: "switch",
    value: "{{ choice }}",
    cases: [{ equals: "1", next: "to-sales" }, { equals: "2", next: "to-support" }],
    otherwise,
  };
}
