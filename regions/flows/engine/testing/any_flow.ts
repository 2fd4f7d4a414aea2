import fc from "fast-check";
import type { StagedFlow } from "../../../testing/flow_stage.ts";

type Raw = { type: string; [member: string]: unknown };

/** Activities that an arbitrary flow has; paths lead to any of them, or nowhere. */
const MOST = 8;
const path = fc.nat(MOST).map((n) => `a${n}`);
const variable = fc.constantFrom("x", "y", "list", "count");
const text = fc.constantFrom(
  "1",
  "{{ x }}{{ x }}{{ y }}1234567890",
  "{{ count + 1 }}",
  "{{ missing.member }}",
  "{{ 1 / 0 }}",
  "{{ secret }}",
);
const requirements = fc.constant([]);

/** A path that may be left out. */
function maybe<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(of, { nil: undefined });
}

const common = { next: path, onError: maybe(path) };
const either: Record<string, fc.Arbitrary<Raw>> = {
  set: raw("set", { ...common, variable, value: text }),
  loop: raw("loop", { next: path, onDone: path, times: fc.integer({ min: 1, max: 1000 }) }),
  branch: raw("branch", {
    ...common,
    condition: fc.constantFrom("x == '1'", "count > 3"),
    otherwise: path,
  }),
  switch: raw("switch", {
    ...{ value: text, otherwise: path },
    cases: fc.array(fc.record({ equals: fc.constantFrom("1", "2"), next: path }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  wait: raw("wait", { next: path, seconds: fc.constantFrom(1, 60) }),
  emit: raw("emit-event", { name: fc.constantFrom("ping", "pong"), next: path }),
  pop: raw("screen-pop", {
    ...common,
    url: fc.constantFrom("https://crm.example/{{ x }}", "{{ y }}"),
  }),
  sub: raw("sub-flow", {
    ...common,
    flowId: fc.constantFrom("inner", "other", "missing"),
    inputs: fc.constantFrom({}, { x: "count" }, { secret: "x" }),
    outputs: fc.constantFrom([], [{ variable: "y", from: "x" }]),
  }),
  http: raw("http-request", {
    ...common,
    url: fc.constantFrom("https://api.example/{{ x }}", "https://api.example/{{ secret }}"),
    outputs: fc.constantFrom([], [{ variable: "y", path: "$.y" }]),
    onTimeout: maybe(path),
  }),
  parse: raw("parse", {
    ...common,
    source: fc.constantFrom('{"a":[1,2]}', "{{ x }}"),
    outputs: fc.constantFrom([{ variable: "y", path: "$.a[0]" }], [{
      variable: "count",
      path: "$.b",
    }]),
  }),
  return: raw("return", {}),
};
const untilQueued: Record<string, fc.Arbitrary<Raw>> = {
  hours: raw("business-hours", {
    ...common,
    businessHoursId: fc.constant("hours"),
    onClosed: path,
  }),
  language: raw("set-language", { ...common, language: fc.constantFrom("de", "{{ x }}") }),
  information: raw("queue-information", { next: path, queueId: fc.constant("sales") }),
};
const voice: Record<string, fc.Arbitrary<Raw>> = {
  play: raw("play", { ...common, prompt: fc.constant("welcome") }),
  collect: raw("collect", { ...common, variable, maxDigits: fc.constant(4), onTimeout: path }),
  queue: raw("queue", {
    queueId: fc.constantFrom("sales", "gone"),
    next: maybe(path),
    requirements,
  }),
  agent: raw("queue-to-agent", {
    ...{ queueId: fc.constant("sales"), next: maybe(path), onUnavailable: path },
    agentId: fc.constantFrom("anna", "{{ x }}"),
  }),
  menu: raw("menu", {
    prompt: fc.constant("welcome"),
    choices: path.map((next) => [{ digits: "1", next }]),
    ...{ variable: maybe(variable), onNoInput: path, onNoMatch: path, onError: maybe(path) },
  }),
  record: raw("record", { ...common, action: fc.constantFrom("start", "pause", "stop") }),
  voicemail: raw("voicemail", { ...common, onEmpty: maybe(path) }),
  callback: raw("callback", { queueId: fc.constant("sales"), next: maybe(path), onRefused: path }),
  callerId: raw("set-caller-id", { ...common, number: fc.constantFrom("", "{{ x }}") }),
  transfer: raw("transfer", {
    to: fc.constantFrom(
      { kind: "number", number: "+4930999" },
      { kind: "number", number: "{{ y }}" },
      { kind: "agent", agentId: "anna", queueId: "sales" },
      { kind: "entry-point", entryPointId: "main" },
    ),
    ...{ onFailure: path, onError: maybe(path) },
  }),
  end: raw("hang-up", {}),
};
const digital: Record<string, fc.Arbitrary<Raw>> = {
  say: raw("send-message", { ...common, text }),
  template: raw("send-template", {
    ...common,
    ...{ name: fc.constant("hello"), language: fc.constant("en") },
    parameters: fc.array(text, { maxLength: 2 }),
  }),
  ask: raw("ask", { ...common, text, variable, onTimeout: path, retries: fc.nat(2) }),
  queue: raw("queue", { queueId: fc.constant("messages"), next: maybe(path), requirements }),
  close: raw("close", { text: maybe(text) }),
};

function raw(
  type: string,
  members: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Raw> {
  return fc.record({ type: fc.constant(type), ...members }).map((made) =>
    Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) as Raw
  );
}

/** A flow of any activities in any order, with handlers; most make no sense, and all may be run. */
export function anyFlow(kind: "voice" | "digital"): fc.Arbitrary<StagedFlow> {
  const own = kind === "voice" ? voice : digital;
  const activity = fc.oneof(...Object.values({ ...either, ...untilQueued, ...own }));
  const inHandlers = fc.oneof(...Object.values(either));
  return fc.record({
    activities: fc.tuple(
      fc.array(activity, { minLength: 1, maxLength: MOST }),
      fc.array(inHandlers, { minLength: 2, maxLength: 2 }),
    ).map(([flow, handlers]) => ({
      ...Object.fromEntries(flow.map((it, i) => [`a${i}`, it])),
      ...Object.fromEntries(handlers.map((it, i) => [`h${i}`, it])),
    })),
    variables: fc.constant({
      x: "1",
      count: { type: "number" as const, value: "0" },
      list: { type: "json" as const, value: "[]" },
      secret: { type: "text" as const, sensitive: true },
    }),
    onError: maybe(path),
    handlers: fc.constantFrom<NonNullable<StagedFlow["handlers"]>>(
      [],
      [{ event: "custom", name: "ping", start: "h0" }],
      [{ event: "agent-answered", start: "h0" }, {
        event: "queued",
        start: "h1",
      }],
      [
        { event: "custom", name: "ping", start: "h0" },
        { event: "custom", name: "pong", start: "h1" },
      ],
    ),
  }, { noNullPrototype: true }).map(({ onError, ...flow }) =>
    onError === undefined ? flow : { ...flow, onError }
  );
}
