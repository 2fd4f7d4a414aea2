import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "wait" };

const popped = (url: string, title?: string) =>
  new FlowStage({
    variables: { pin: { type: "text", sensitive: true } },
    activities: {
      a: { type: "screen-pop", url, ...(title ? { title } : {}), next: "wait", onError: "wait" },
      wait: WAIT,
    },
  }).it;

Deno.test("screen-pop keeps an https address with expressions for the agent", () => {
  const { screenPop } = popped("https://crm.example/?n={{ callerNumber | urlencode }}", "Call");
  assert.deepEqual(screenPop, { url: "https://crm.example/?n=%2B4930123456", title: "Call" });
});

Deno.test("screen-pop shows no other address, and nothing sensitive", () => {
  for (const url of ["http://crm.example", "javascript:alert(1)", "crm", "https://x/{{ pin }}"]) {
    const it = popped(url);
    assert.equal(it.screenPop, null, url);
    assert.notEqual(it.flow.variables.errorCode, undefined, url);
  }
});
