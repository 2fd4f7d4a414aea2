import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";
import type { Draft } from "../../../testing/tenant_harness.ts";

const WAIT = { type: "wait", seconds: 600, next: "open" };

/** The harness begins on a Thursday, 1 January 1970, at 00:16:40 UTC. */
function where(from: string, to: string, more: (draft: Draft) => void = () => {}, path = {}) {
  const stage = new FlowStage({
    onError: "failed",
    activities: {
      a: {
        ...{ type: "business-hours", businessHoursId: "office", next: "open", onClosed: "closed" },
        ...path,
      },
      open: WAIT,
      closed: WAIT,
      emergency: WAIT,
      failed: WAIT,
    },
  }, {
    change: (draft) => {
      draft.businessHours = [{
        ...{ id: "office", name: "Office", timeZone: "UTC" },
        weekly: [{ days: ["thu"], times: [{ from, to }] }],
      }];
      more(draft);
    },
  });
  return stage.it.flow.activityId;
}

Deno.test("business-hours goes by the hours now, and by an emergency closure", () => {
  assert.equal(where("00:00", "08:00"), "open");
  assert.equal(where("08:00", "18:00"), "closed");
  const emergency = (draft: Draft) => draft.businessHours[0].emergencyClosure = true;
  assert.equal(where("00:00", "08:00", emergency), "closed");
  assert.equal(where("00:00", "08:00", emergency, { onEmergency: "emergency" }), "emergency");
});

Deno.test("business-hours that are gone lead along the error path", () => {
  assert.equal(where("00:00", "08:00", (draft) => draft.businessHours = []), "failed");
});
