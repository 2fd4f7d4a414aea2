import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 86_400, next: "end" };

const asking = (members: Record<string, unknown>) =>
  new FlowStage({
    variables: { age: { type: "number" } },
    activities: {
      ask: {
        ...{ type: "ask", text: "How old, {{ contactName }}?", variable: "age" },
        ...{ next: "yes", onTimeout: "late", timeoutSeconds: 60, ...members },
      },
      yes: WAIT,
      late: WAIT,
      misfit: WAIT,
      end: { type: "close" },
    },
  }, { kind: "digital" });

Deno.test("ask takes the next message as the answer, as the variable's type reads it", () => {
  const stage = asking({});
  assert.deepEqual(stage.written, ["How old, Rosa?"]);
  stage.wrote(" 42 ");
  assert.deepEqual([stage.variables.age, stage.it.flow.activityId], ["42", "yes"]);
});

Deno.test("ask asks again after what does not fit, and then gives up", () => {
  const stage = asking({ onNoMatch: "misfit" });
  stage.wrote("old");
  assert.equal(stage.written.length, 2);
  stage.wrote("very");
  assert.equal(stage.it.flow.activityId, "misfit");
  const choice = asking({ variable: "colour", choices: ["Red", "Blue"], retries: 0 });
  choice.wrote("green");
  assert.equal(choice.it.flow.activityId, "late", "without a path for it");
  const chosen = asking({ variable: "colour", choices: ["Red", "Blue"] });
  chosen.wrote("bLUE");
  assert.equal(chosen.variables.colour, "Blue");
});

Deno.test("ask goes its own way when nobody answers", () => {
  const stage = asking({});
  stage.h.pass(60_000);
  assert.equal(stage.it.flow.activityId, "late");
});
