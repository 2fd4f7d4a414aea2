import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "wait" };

Deno.test("set-language sets the variable, and takes language tags only", () => {
  const set = (language: string) =>
    new FlowStage({
      activities: {
        a: { type: "set-language", language, next: "wait", onError: "wait" },
        wait: WAIT,
      },
    }).variables;
  assert.equal(set("{{ 'fr' }}-CH").language, "fr-CH");
  const wrong = set("French");
  assert.equal(wrong.errorCode, "not-available");
  assert.notEqual(wrong.language, "French");
});
