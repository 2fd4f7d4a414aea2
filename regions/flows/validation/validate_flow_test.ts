import assert from "node:assert/strict";
import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { type Draft, EXAMPLE } from "../../testing/tenant_harness.ts";
import { validateFlow } from "./validate_flow.ts";

// deno-lint-ignore no-explicit-any
type Activities = Record<string, any>;

function flow(activities: Activities, more: object = {}): FlowDocument {
  const base = { id: "tried", name: "Tried", kind: "voice", start: Object.keys(activities)[0] };
  return FlowDocument.parse({ ...base, activities, ...more });
}

/** Problems of a flow in the example's configuration, changed as said. */
function found(
  document: FlowDocument,
  change: (draft: Draft) => void = () => {},
): string[] {
  const draft: Draft = structuredClone(EXAMPLE);
  change(draft);
  return validateFlow(document, TenantConfiguration.parse(draft)).map(
    ({ path, code, severity }) => `${severity === "error" ? "" : "("}${path}: ${code}`,
  );
}

const set = (next?: string, more: object = {}) => ({
  ...{ type: "set", variable: "x", value: "1" },
  ...(next === undefined ? {} : { next }),
  ...more,
});
const play = (next: string) => ({ type: "play", prompt: "welcome", next });
const end = { type: "hang-up" };
const emit = { type: "emit-event", name: "done" };

Deno.test("a flow that fits has no problems", () => {
  const document = flow({ a: set("b"), b: play("c"), c: { type: "queue", queueId: "sales" } });
  assert.deepEqual(found(document), []);
});

Deno.test("validateFlow() finds activities that nothing leads to", () => {
  const document = flow({ a: end, b: play("c"), c: end, d: emit, e: end }, {
    handlers: [{ event: "queued", start: "d" }],
    onError: "e",
  });
  assert.deepEqual(found(document), [
    "(activities.b: activity_unreachable",
    "(activities.c: activity_unreachable",
  ]);
});

Deno.test("validateFlow() finds where ways neither end nor queue, though they wait", () => {
  const document = flow({
    a: { type: "branch", condition: "x == '1'", next: "b", otherwise: "end" },
    b: set("c"),
    c: play("d"),
    d: play("c"),
    end,
  });
  assert.deepEqual(found(document), ["(activities.b: path_endless"]);
  const all = flow({ a: play("b"), b: play("a") });
  assert.deepEqual(found(all), ["(activities.a: path_endless"]);
});

Deno.test("a treatment may go round for as long as the contact waits", () => {
  const document = flow({
    a: { type: "queue", queueId: "sales", next: "b" },
    b: play("b"),
  });
  assert.deepEqual(found(document), []);
});

Deno.test("validateFlow() finds loops without a wait", () => {
  const document = flow({ a: set("b"), b: set("a", { onError: "c" }), c: end });
  assert.deepEqual(
    found(document),
    [
      "(activities.a: path_endless",
      "activities.a: loop_without_wait",
    ].filter((it) => it.startsWith("activities")),
  );
  const error = flow({ a: set("end", { onError: "b" }), b: set("end", { onError: "a" }), end });
  assert.deepEqual(found(error), ["activities.a: loop_without_wait"]);
  const queued = flow({ a: { type: "queue", queueId: "sales", next: "b" }, b: set("a") });
  assert.deepEqual(found(queued), ["activities.a: loop_without_wait"]);
  assert.deepEqual(found(flow({ a: set("b"), b: play("a"), c: end })).slice(0, 1), [
    "(activities.c: activity_unreachable",
  ]);
});

Deno.test("loops that count may go round without a wait, but not too often", () => {
  const counted = (times: number, outer = 1) =>
    flow({
      out: { type: "loop", times: outer, next: "in", onDone: "end" },
      in: { type: "loop", times, next: "a", onDone: "out" },
      a: set("in"),
      end,
    });
  assert.deepEqual(found(counted(20)), []);
  assert.deepEqual(found(counted(20, 20)), ["activities: steps_too_many"]);
  assert.deepEqual(found(counted(150)), ["activities: steps_too_many"]);
  const done = flow({ a: { type: "loop", times: 2, next: "end", onDone: "a" }, end });
  assert.deepEqual(found(done), ["activities.a: loop_without_wait"]);
  const waits = flow({
    a: { type: "loop", times: 1000, next: "b", onDone: "end" },
    b: play("a"),
    end,
  });
  assert.deepEqual(found(waits), []);
});

Deno.test("a long way without a wait is found", () => {
  const activities: Activities = {};
  for (let i = 0; i < 250; i++) activities[`a${i}`] = set(`a${i + 1}`);
  activities.a250 = end;
  assert.deepEqual(found(flow(activities)), ["activities: steps_too_many"]);
  activities.a125 = play("a126");
  assert.deepEqual(found(flow(activities)), []);
});

/** A flow that calls another again and again. */
const calls = (flowId: string) =>
  flow({ a: { type: "sub-flow", flowId, next: "b" }, b: set("a"), c: end });
const other = (id: string, activities: Activities, more: object = {}) => (draft: Draft) =>
  draft.flows.push({
    ...{ id, name: id, kind: "voice", start: Object.keys(activities)[0], activities },
    ...more,
  });

Deno.test("what waits in a flow that is called is a wait of the flow that calls", () => {
  const errors = (change: (draft: Draft) => void) =>
    found(calls("other"), change).filter((it) => !it.startsWith("("));
  assert.deepEqual(errors(other("other", { a: play("b"), b: { type: "return" } })), []);
  assert.deepEqual(errors(other("other", { a: emit })), ["activities.a: loop_without_wait"]);
  const maybe = {
    a: { type: "branch", condition: "true", next: "b", otherwise: "c" },
    b: play("c"),
    c: { type: "return" },
  };
  assert.deepEqual(errors(other("other", maybe)), ["activities.a: loop_without_wait"]);
  const leaves = { ...maybe, c: end };
  assert.deepEqual(errors(other("other", leaves)), []);
});

Deno.test("validateFlow() finds flows that call themselves without waiting", () => {
  const self = flow({ a: { type: "sub-flow", flowId: "tried", next: "b" }, b: end });
  assert.deepEqual(found(self), ["activities.a.flowId: recursion_without_wait"]);
  const waited = flow({
    w: play("a"),
    a: { type: "sub-flow", flowId: "tried", next: "b" },
    b: end,
  });
  assert.deepEqual(found(waited), []);
  const back = (first: Activities) =>
    other("other", { ...first, s: { type: "sub-flow", flowId: "tried", next: "z" }, z: end });
  const through = flow({ a: { type: "sub-flow", flowId: "other", next: "b" }, b: end });
  assert.deepEqual(found(through, back({})), ["activities.a.flowId: recursion_without_wait"]);
  assert.deepEqual(found(through, back({ p: play("s") })), []);
});

Deno.test("flows that pass contacts to each other's entry points wait in between", () => {
  const transfer = { type: "transfer", to: { kind: "entry-point", entryPointId: "main" } };
  const document = (activities: Activities) => ({ ...flow(activities), id: "welcome" });
  const at = "activities.t.to.entryPointId: recursion_without_wait";
  const errors = (it: FlowDocument, change?: (draft: Draft) => void) =>
    found(it, change).filter((problem) => !problem.startsWith("("));
  assert.deepEqual(errors(document({ t: { ...transfer, onFailure: "end" }, end })), [at]);
  assert.deepEqual(
    errors(document({ p: play("t"), t: { ...transfer, onFailure: "end" }, end })),
    [],
  );
  const routed = (draft: Draft) => {
    draft.entryPoints[0].flowId = "other";
    draft.entryPoints[0].routing = [{ from: "2026-01-01", flowId: "welcome" }];
    other("other", { a: play("b"), b: end })(draft);
  };
  assert.deepEqual(errors(document({ t: { ...transfer, onFailure: "end" }, end }), routed), [at]);
});

Deno.test("a play that may have nothing to say is no wait of a loop", () => {
  const say = (text: string) =>
    flow({ a: { type: "play", items: [{ type: "say", text }], next: "a" }, b: end });
  const errors = (it: FlowDocument) => found(it).filter((problem) => !problem.startsWith("("));
  assert.deepEqual(errors(say("Hello")), []);
  assert.deepEqual(errors(say("{{ contactName }}")), ["activities.a: loop_without_wait"]);
});

Deno.test("validateFlow() finds unknown variables and what does not fit types", () => {
  const document = flow({
    a: set("b", { value: "{{ nobody }}" }),
    b: { type: "branch", condition: "queuePosition + ", next: "c", otherwise: "c" },
    c: { type: "branch", condition: "count | upper", next: "d", otherwise: "d" },
    d: set("e", { value: undefined, expression: "count * true" }),
    e: set("f", { value: "{{ callerNumber | levitate }} {{ fly() }}" }),
    f: set("g", { value: "{{ x }} {{ tier }} {{ count + queuePosition }}" }),
    g: end,
  }, { variables: { count: { type: "number", value: "1" }, wrong: { type: "date", value: "?" } } });
  const change = (draft: Draft) => draft.globalVariables = [{ id: "tier", name: "Tier" }];
  assert.deepEqual(found(document, change), [
    "variables.wrong.value: variable_value_invalid",
    "activities.a.value: variable_unknown",
    "activities.b.condition: expression_syntax",
    "activities.c.condition: type_mismatch",
    "activities.d.expression: type_mismatch",
    "activities.e.value: filter_unknown",
    "activities.e.value: function_unknown",
  ]);
});

Deno.test("variables are shared with flows that call and are called", () => {
  const document = flow({
    a: { type: "sub-flow", flowId: "callee", inputs: { own: "fromCaller", no: "1" }, next: "b" },
    b: set("c", { value: "{{ left }} {{ fromCaller }}" }),
    c: set("d", { value: "{{ own }}" }),
    d: end,
  });
  const change = (draft: Draft) => {
    other("callee", {
      a: set("b", { variable: "left" }),
      b: set("c", { variable: "own" }),
      c: emit,
    }, {
      variables: { own: "" },
    })(draft);
    other("caller", { a: { type: "sub-flow", flowId: "tried", next: "b" }, b: end }, {
      variables: { fromCaller: "" },
    })(draft);
  };
  assert.deepEqual(
    found(document, change),
    [
      "activities.c.value: variable_unknown",
      "(activities.a.inputs.no: variable_unknown",
    ].toSorted((a) => a.startsWith("(") ? -1 : 1),
  );
});

Deno.test("validateFlow() finds sensitive variables that would be written or shown in clear", () => {
  const pin = { value: "", sensitive: true };
  const document = flow({
    a: { type: "collect", variable: "pin", maxDigits: 4, next: "b", onTimeout: "b" },
    b: set("c", { variable: "pin" }),
    c: set("d", { value: "{{ pin }}" }),
    d: {
      type: "sub-flow",
      flowId: "other",
      inputs: { code: "x" },
      next: "e",
      outputs: [
        { variable: "x", from: "code" },
        { variable: "x", from: "nothing" },
      ],
    },
    e: set("f", { variable: "card" }),
    f: end,
  }, { variables: { pin, shown: { ...pin, value: "1234" } } });
  const change = (draft: Draft) => {
    draft.globalVariables = [{ id: "card", name: "Card", sensitive: true }];
    other("other", { a: emit }, { variables: { code: pin } })(draft);
  };
  assert.deepEqual(found(document, change), [
    "variables.shown.value: marks_conflict",
    "activities.b.variable: variable_sealed",
    "activities.c.value: variable_sealed",
    "activities.d.inputs.code: variable_sealed",
    "activities.d.outputs.0.from: variable_sealed",
    "activities.d.outputs.1.from: variable_unknown",
    "activities.e.variable: variable_sealed",
  ]);
});

Deno.test("event handlers neither speak nor queue, in flows that they call neither", () => {
  const document = flow({
    a: end,
    h: set("p"),
    p: play("s"),
    s: {
      ...{ type: "sub-flow", flowId: "other", next: "r" },
    },
    r: { type: "return" },
  }, { handlers: [{ event: "queued", start: "h" }] });
  assert.deepEqual(found(document, other("other", { a: play("b"), b: { type: "return" } })), [
    "activities.p.type: handler_activity",
    "activities.s.flowId: handler_activity",
  ]);
});

Deno.test("validateFlow() finds handlers of events that never happen", () => {
  const handlers = [
    { event: "custom", start: "h" },
    { event: "queued", name: "odd", start: "h" },
    { event: "custom", name: "done", start: "h" },
  ];
  assert.deepEqual(found(flow({ a: end, h: emit }, { handlers })), [
    "(handlers.0.name: handler_never",
    "(handlers.1.name: handler_never",
  ]);
});

Deno.test("CheckContext says through what flows may act", async () => {
  const { CheckContext } = await import("../../configuration/checks/check_context.ts");
  const known = new CheckContext(TenantConfiguration.parse({
    ...EXAMPLE,
    connectors: [
      { id: "crm", name: "CRM", baseUrl: "https://crm.example" },
      { id: "shop", name: "Shop", baseUrl: "https://shop.example", authorised: true },
    ],
  }));
  assert.deepEqual(
    ["crm", "shop", "missing"].map((id) => known.isAuthorised("connector", id)),
    [false, true, true],
  );
});

Deno.test("a flow's kind and its entities' kinds go together", () => {
  const document = flow({
    a: { type: "ask", text: "?", variable: "x", next: "b", onTimeout: "b" },
    b: { type: "sub-flow", flowId: "greet", next: "c" },
    c: { type: "queue", queueId: "messages" },
  });
  assert.deepEqual(found(document), [
    "activities.a.type: kind_mismatch",
    "activities.b.flowId: kind_mismatch",
    "activities.c.queueId: kind_mismatch",
  ]);
});
