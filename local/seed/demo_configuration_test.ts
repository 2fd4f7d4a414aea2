import assert from "node:assert/strict";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { Activity, FlowDocument } from "../../protocol/flow/flow_document.ts";
import { demoConfiguration } from "./demo_configuration.ts";

const parts = {
  assetId: "01890a5d-ac96-774b-bcce-b302099a8057",
  passwords: { anna: "anna's password", ben: "ben's password" },
  whatsappToken: "token",
};

/** What the demo's activities have. */
interface Step {
  type: string;
  next?: string;
  otherwise?: string;
  onTimeout?: string;
  cases?: { equals: string; next: string }[];
  queueId?: string;
}

function stepOf(activity: Activity): Step {
  return activity as Step;
}

function targets(flow: FlowDocument): string[] {
  return Object.values(flow.activities).map(stepOf).flatMap((activity) =>
    [
      activity.next,
      activity.otherwise,
      activity.onTimeout,
      ...(activity.cases ?? []).map((it) => it.next),
    ].flatMap((target) => target ?? [])
  );
}

Deno.test("demoConfiguration() fits the schema, and every reference in it leads somewhere", () => {
  const document = demoConfiguration(parts, {});
  assert.deepEqual(TenantConfiguration.parse(document), document);
  const queues = new Set(document.queues.map((queue) => queue.id));
  for (const flow of document.flows) {
    for (const target of [flow.start, ...targets(flow)]) {
      assert.ok(Object.hasOwn(flow.activities, target), `${flow.id}: ${target}`);
    }
    for (const activity of Object.values(flow.activities).map(stepOf)) {
      if (activity.type === "queue") assert.ok(queues.has(activity.queueId ?? ""));
    }
  }
  const flows = new Map(document.flows.map((flow) => [flow.id, flow.kind]));
  for (const point of document.entryPoints) {
    assert.equal(flows.get(point.flowId), point.channel === "voice" ? "voice" : "digital");
  }
});

Deno.test("the demo's phone menu asks a wrong caller once more, then gives them to support", () => {
  const { activities, start } = demoConfiguration(parts, {}).flows[0];
  const dial = (digits: (string | null)[]) => {
    let at: string | undefined = start;
    let choice = "";
    for (let steps = 0; steps < 20; steps++) {
      const activity: Step = stepOf(activities[at ?? ""]);
      if (activity.type === "queue") return activity.queueId;
      if (activity.type === "collect") {
        const digit = digits.shift() ?? null;
        choice = digit ?? "";
        at = digit === null ? activity.onTimeout : activity.next;
      } else if (activity.type === "switch") {
        at = activity.cases?.find((it) => it.equals === choice)?.next ?? activity.otherwise;
      } else if (activity.type === "play") {
        at = activity.next;
      } else {
        break;
      }
    }
    return "nowhere";
  };
  assert.equal(dial(["1"]), "sales");
  assert.equal(dial(["2"]), "support");
  assert.equal(dial([null]), "support");
  assert.equal(dial(["9", "1"]), "sales");
  assert.equal(dial(["9", "9"]), "support");
});
