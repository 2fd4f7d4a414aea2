import type { Random } from "../random/random.ts";
import { agentId } from "./tenant_names.ts";

/** What callers get: a menu, then a queue, with or without treatment while they wait. */
export function welcome(random: Random) {
  const treated = random.chance(0.5);
  return {
    id: "welcome",
    name: "Welcome",
    kind: "voice",
    start: random.chance(0.3) ? "hello" : random.pick(["menu", "identify"]),
    variables: { tries: { type: "number", value: "0" }, customer: "" },
    onError: "support",
    handlers: [
      { event: "agent-answered", start: "beside" },
      { event: "agent-left", start: "note" },
      { event: "custom", name: "noted", start: "pop" },
    ],
    activities: {
      hello: { type: "play", prompt: "welcome", next: "menu" },
      identify: {
        type: "sub-flow",
        flowId: "identify",
        inputs: { digits: random.chance(0.2) ? '("x" ~ callerNumber) | number' : "callerNumber" },
        outputs: [{ variable: "customer", from: "found" }],
        next: "menu",
        ...(random.chance(0.5) ? { onError: "menu" } : {}),
      },
      beside: { type: "wait", seconds: random.between(1, 40), next: "note" },
      note: { type: "set", variable: "tries", expression: "tries + 1", next: "tell" },
      tell: { type: "emit-event", name: "noted" },
      pop: { type: "screen-pop", url: "https://crm.example/{{ customer }}", title: "{{ tries }}" },
      menu: {
        type: "collect",
        prompt: "menu",
        variable: "choice",
        maxDigits: 1,
        next: "choose",
        onTimeout: "support",
      },
      choose: {
        type: "switch",
        value: "{{ choice }}",
        cases: [
          { equals: "1", next: "sales" },
          { equals: "3", next: "urgent" },
          { equals: "4", next: "personal" },
        ],
        otherwise: "support",
      },
      sales: {
        type: "queue",
        queueId: "sales",
        priority: random.between(0, 2),
        ...asks(random),
        ...(treated ? { next: "inform" } : {}),
        ...(random.chance(0.5) ? { onClosed: "bye" } : {}),
      },
      support: { type: "queue", queueId: "support", ...asks(random) },
      urgent: {
        type: "queue",
        queueId: "support",
        priority: 9,
        ...(treated ? { next: "please-wait" } : {}),
      },
      personal: {
        type: "queue-to-agent",
        agentId: agentId(random.between(0, 3)),
        queueId: "sales",
        onUnavailable: "support",
        ...(treated ? { next: "please-wait" } : {}),
      },
      inform: { type: "queue-information", queueId: "sales", next: "announce" },
      announce: {
        type: "play",
        prompt: "position",
        next: random.pick(["again", "inform", "ask", "rounds", "patience"]),
      },
      rounds: { type: "loop", times: 2, next: "announce-once", onDone: "patience" },
      patience: { type: "wait", seconds: random.between(2, 30), next: "far" },
      far: {
        type: "branch",
        condition: "queuePosition > 2",
        next: "rounds",
        otherwise: "announce-once",
      },
      ask: {
        type: "collect",
        prompt: "menu",
        variable: "wish",
        maxDigits: 1,
        next: "announce-once",
        onTimeout: "inform",
      },
      "announce-once": { type: "play", prompt: "position", next: "inform" },
      again: { type: "queue", queueId: "sales", priority: 3, next: "please-wait" },
      "please-wait": { type: "play", prompt: "please-wait", next: "please-wait" },
      bye: { type: "hang-up" },
    },
  };
}

/** What the callers' flow calls: it goes wrong for some. */
export function identify(random: Random) {
  return {
    id: "identify",
    name: "Identify",
    kind: "voice",
    start: "look",
    variables: { digits: "", found: "" },
    activities: {
      look: { type: "set", variable: "found", value: "C{{ digits | slice(-3) }}", next: "listen" },
      listen: random.chance(0.5)
        ? { type: "play", prompt: "please-wait", next: "back" }
        : { type: "wait", seconds: 1, next: "back" },
      back: { type: "return" },
    },
  };
}

/** What those who write get. */
export function greet(random: Random) {
  return {
    id: "greet",
    name: "Greeting",
    kind: "digital",
    start: random.pick(["hello", "wait", "ask"]),
    handlers: [{ event: "message-received", start: "note" }],
    activities: {
      ask: {
        type: "ask",
        text: "What is it about?",
        variable: "subject",
        timeoutSeconds: random.between(5, 60),
        next: "hello",
        onTimeout: "wait",
      },
      note: { type: "set", variable: "last", value: "{{ now() }}", next: "noted" },
      noted: { type: "return" },
      hello: { type: "send-message", text: "Hello {{contactName}}", next: "wait" },
      wait: {
        type: "queue",
        queueId: "messages",
        priority: random.between(0, 1),
        ...asks(random),
        ...(random.chance(0.2) ? { next: "soon" } : {}),
      },
      soon: { type: "send-message", text: "Somebody will be with you", next: "end" },
      end: { type: "queue", queueId: "messages" },
    },
  };
}

/** Skills that are asked for, and how that is relaxed. */
function asks(random: Random) {
  if (random.chance(0.5)) return {};
  const skillId = random.pick(["english", "german"]);
  const level = random.between(2, 8);
  const vip = random.chance(0.3) ? [{ skillId: "vip", is: true }] : [];
  const step = random.between(5, 30);
  return {
    requirements: [{ skillId, atLeast: level }, ...vip],
    relaxation: random.chance(0.8)
      ? [
        { afterSeconds: step, requirements: [{ skillId, atLeast: level - 2 }] },
        { afterSeconds: step + random.between(1, 30), requirements: [] },
      ]
      : [],
  };
}
