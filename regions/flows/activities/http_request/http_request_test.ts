import assert from "node:assert/strict";
import fc from "fast-check";
import { storableText } from "../../../../protocol/text/storable_text.ts";
import type { Effect } from "../../../effects/effect.ts";
import type { HttpServiceAnswer } from "../../../services/http_service_answer.ts";
import { HttpServiceRequest } from "../../../services/http_service_request.ts";
import { flowCall } from "../../testing/flow_call.ts";
import { HttpRequestActivity } from "./http_request_schema.ts";

// deno-lint-ignore no-explicit-any
type Draft = Record<string, any>;
const ask = (more: Draft = {}) => ({
  ...{ type: "http-request", connectorId: "crm", path: "/customers/{{ id }}", next: "good" },
  ...{ onError: "bad", ...more },
});
const ends = {
  good: { type: "wait", seconds: 60, next: "end" },
  bad: { type: "wait", seconds: 60, next: "end" },
  late: { type: "wait", seconds: 60, next: "end" },
  end: { type: "hang-up" },
};

/** A call that stands in the request, and what was asked. */
function asked(activity: Draft, variables: Draft = { id: "a/b c" }) {
  const { h, callId } = flowCall({
    activities: { ask: activity, ...ends },
    variables,
    start: "ask",
  });
  const effects = h.takeEffects("service") as Extract<Effect, { to: "service" }>[];
  const request = effects[0] && HttpServiceRequest.parse(effects[0].request);
  const hear = (more: Partial<HttpServiceAnswer> = {}) => {
    const base = {
      outcome: "answered",
      status: 200,
      code: null,
      duration: 5,
      values: {},
      sealed: {},
    };
    const { step } = effects[0];
    h.send({ type: "flow-answered", interactionId: callId, step, answer: { ...base, ...more } });
    return h.interaction(callId).flow.activityId;
  };
  return { h, callId, effects, request, hear, it: () => h.interaction(callId) };
}

Deno.test("http-request asks with its templates filled in, escaped where they stand in the address", () => {
  const { request, h } = asked(ask({
    method: "POST",
    query: { q: "{{ id }} & more", "a b": "1" },
    headers: { "x-who": "{{ id }}" },
    body: '{"id":{{ id | json }}}',
    outputs: [{ variable: "name", path: "$.name" }],
  }));
  assert.equal(request.address, "/customers/a%2Fb%20c?q=a%2Fb%20c%20%26%20more&a%20b=1");
  assert.deepEqual([request.method, request.headers["x-who"], request.body], [
    "POST",
    "a/b c",
    '{"id":"a/b c"}',
  ]);
  assert.equal(request.until, h.at + 10_000);
  assert.deepEqual(request.outputs, [{
    variable: "name",
    path: "$.name",
    type: "text",
    required: true,
    sensitive: false,
  }]);
});

Deno.test("http-request sets what the answer holds and goes on by its status", () => {
  const cases: [Partial<HttpServiceAnswer>, string][] = [
    [{ status: 204 }, "good"],
    [{ status: 404 }, "late"],
    [{ status: 418 }, "bad"],
    [{ status: 503 }, "good"],
    [{ outcome: "failed", status: null, code: "service-down" }, "bad"],
    [{ outcome: "timeout", status: null, code: "deadline-exceeded" }, "late"],
  ];
  for (const [answer, expected] of cases) {
    const onStatus = [{ status: "404", next: "late" }, { status: "5xx", next: "good" }];
    const { hear, it } = asked(ask({ saveStatus: "status", onStatus, onTimeout: "late" }));
    assert.equal(hear({ ...answer, values: { name: "Rosa" } }), expected, JSON.stringify(answer));
    if (answer.status) assert.equal(it().flow.variables.status, String(answer.status));
    if (expected === "good") assert.equal(it().flow.variables.name, "Rosa");
  }
});

Deno.test("http-request times out by itself, and is an error without a path for that", () => {
  for (const onTimeout of ["late", undefined]) {
    const { h, it } = asked(ask(onTimeout ? { onTimeout } : {}));
    h.pass(14_999);
    assert.equal(it().flow.activityId, "ask");
    h.pass(1);
    assert.equal(it().flow.activityId, onTimeout ?? "bad");
  }
});

Deno.test("sensitive variables go out sealed where they are named, and come in sealed", () => {
  const sensitive = { card: { value: "", sensitive: true }, token: { value: "", sensitive: true } };
  const { h, callId } = flowCall({
    activities: {
      type: { type: "collect", variable: "card", maxDigits: 16, next: "ask", onTimeout: "bad" },
      ask: ask({
        ...{ method: "POST", sensitive: ["card"], query: { c: "x[[card]]" } },
        body: '{"card":"[[card]]","said":"{{ said }}"}',
        outputs: [{ variable: "token", path: "$.token" }],
      }),
      ...ends,
    },
    variables: { ...sensitive, id: "1", said: "[[card]]" },
    start: "type",
    sealKey: true,
  });
  const [collect] = h.takeEffects("pop").flatMap((effect) =>
    effect.to === "pop" && effect.command.type === "collect" ? [effect] : []
  );
  assert.ok(
    collect.command.type === "collect" && collect.command.seal?.keyId,
    "the PoP gets the key",
  );
  h.call(callId, {
    type: "call.collected",
    commandId: collect.commandId,
    digits: null,
    sealed: "a.b.c.d.e",
    outcome: "complete",
  });
  const [effect] = h.takeEffects("service") as Extract<Effect, { to: "service" }>[];
  const request = HttpServiceRequest.parse(effect.request);
  const sealed = { sealed: "a.b.c.d.e" };
  assert.deepEqual(
    request.body,
    ['{"card":"', sealed, '","said":"[[card]]"}'],
    "what a contact says is no mark",
  );
  assert.deepEqual(request.address, ["/customers/1", "?c=", "x", sealed]);
  assert.equal(request.outputs[0].sensitive, true);
  const answer = {
    outcome: "answered",
    status: 200,
    code: null,
    duration: 1,
    values: {},
    sealed: { token: "f.g.h.i.j" },
  };
  h.send({ type: "flow-answered", interactionId: callId, step: effect.step, answer });
  assert.equal(h.interaction(callId).flow.variables.token, "f.g.h.i.j");
});

Deno.test("a sensitive variable renders nowhere, and only sensitive ones stand as marks", () => {
  const card = { card: { value: "", sensitive: true }, id: "1" };
  assert.equal(
    asked(ask({ method: "POST", body: "{{ card }}" }), card).it().flow.activityId,
    "bad",
  );
  assert.equal(asked(ask({ sensitive: ["id"] }), card).it().flow.activityId, "bad");
  assert.equal(
    asked(ask({ sensitive: ["card"] }), card).it().flow.activityId,
    "bad",
    "without a value",
  );
});

Deno.test("whatever an expression gives, it stays one segment or one value of the address", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (any) => {
      const text = storableText(any);
      const { request } = asked(ask({ query: { q: "{{ id }}" } }), { id: text });
      const url = new URL(`https://x.example${request.address}`);
      if (!/^\.{1,2}$/.test(text)) assert.equal(url.pathname.split("/").length, 3);
      assert.equal(url.searchParams.get("q"), text);
    }),
    { numRuns: 60 },
  );
});

Deno.test("the schema refuses what cannot be sent", () => {
  const bad: Draft[] = [
    { connectorId: undefined },
    { path: undefined },
    { url: "https://a.example" },
    { body: "x" },
    { method: "TRACE" },
    { headers: { host: "x" } },
    { path: "/{% if a %}b{% endif %}" },
    { outputs: [{ variable: "a", path: "name" }] },
    { outputs: [{ variable: "a", path: "$[?match(@,'(a+)+')]" }] },
    { timeoutSeconds: 61 },
    { contentType: "x\r\ny" },
    { onStatus: [{ status: "40", next: "a" }] },
  ];
  assert.equal(HttpRequestActivity.safeParse(ask()).success, true);
  for (const more of bad) {
    assert.equal(HttpRequestActivity.safeParse(ask(more)).success, false, JSON.stringify(more));
  }
});
