import assert from "node:assert/strict";
import { flowCall } from "../../testing/flow_call.ts";

const ends = {
  good: { type: "wait", seconds: 60, next: "end" },
  bad: { type: "wait", seconds: 60, next: "end" },
  end: { type: "hang-up" },
};

// deno-lint-ignore no-explicit-any
function parsed(source: string, format: string, outputs: any[], more = {}) {
  const { h, callId } = flowCall({
    activities: {
      read: {
        type: "parse",
        source: "{{ source }}",
        format,
        outputs,
        next: "good",
        onError: "bad",
      },
      ...ends,
    },
    variables: { source, ...more },
    start: "read",
  });
  const { activityId, variables } = h.interaction(callId).flow;
  return { activityId, variables };
}

Deno.test("parse takes typed values out of JSON, TOML and XML", () => {
  const outputs = [
    { variable: "name", path: "$.o.name" },
    { variable: "total", path: "$.o.total", type: "number" },
    { variable: "paid", path: "$.o.paid", type: "boolean", required: false },
  ];
  for (
    const [source, format] of [
      ['{"o":{"name":"Rosa","total":12.5}}', "json"],
      ['[o]\nname = "Rosa"\ntotal = 12.5', "toml"],
      ["<o><name>Rosa</name><total>12.5</total></o>", "xml"],
    ]
  ) {
    const { activityId, variables } = parsed(source, format, outputs, { paid: "before" });
    assert.deepEqual([activityId, variables.name, variables.total, variables.paid], [
      "good",
      "Rosa",
      "12.5",
      "before",
    ]);
  }
});

Deno.test("parse goes along its error path, and sets nothing, when something does not fit", () => {
  const first = { variable: "name", path: "$.name" };
  for (
    const [source, outputs] of [
      ["{", [first]],
      ["{}", [first]],
      ['{"name":"Rosa","total":"x"}', [first, {
        variable: "total",
        path: "$.total",
        type: "number",
      }]],
    ] as const
  ) {
    const { activityId, variables } = parsed(source, "json", [...outputs]);
    assert.deepEqual([activityId, variables.name], ["bad", undefined], source);
  }
  const sealed = parsed('{"card":"1"}', "json", [{ variable: "card", path: "$.card" }], {
    card: { value: "", sensitive: true },
  });
  assert.equal(sealed.activityId, "bad");
});
