import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { EXAMPLE } from "../testing/tenant_harness.ts";
import { checkConfiguration } from "./check_configuration.ts";

function problems(change: (draft: TenantConfiguration) => void): string[] {
  const draft = structuredClone(EXAMPLE);
  change(draft);
  try {
    checkConfiguration(TenantConfiguration.parse(draft));
    return [];
  } catch (error) {
    assert.ok(error instanceof AntiphonError && error.code === "invalid_request");
    return (error.data.fields as { path: string }[]).map((field) => field.path);
  }
}

Deno.test("checkConfiguration() takes a configuration whose references all lead somewhere", () => {
  assert.deepEqual(problems(() => {}), []);
});

Deno.test("checkConfiguration() names every reference that leads nowhere", () => {
  assert.deepEqual(
    problems((draft) => {
      draft.teams[0].siteId = "moon";
      draft.agents[1].teamIds = ["nobody"];
      draft.queues[2].distribution[0].teamIds = ["nobody"];
      draft.entryPoints[0].flowId = "lost";
    }),
    ["teams.0.siteId", "agents.1.teamIds.0", "queues.2.distribution.0.teamIds.0"].concat(
      "entryPoints.0.flowId",
    ),
  );
});

Deno.test("checkConfiguration() lets flows act through authorised bots of their kind only", () => {
  const bot = (adapter: "webhook" | "streaming", kind: "voice" | "digital", authorised = true) =>
    problems((draft) => {
      const url = adapter === "webhook" ? "https://bot.example/" : "wss://bot.example/";
      const named = { id: "bot", name: "Bot", adapter, url, authorised };
      draft.virtualAgents = [named as unknown as TenantConfiguration["virtualAgents"][number]];
      const flow = draft.flows.find((one) => one.kind === kind)!;
      flow.variables = { choice: "" };
      flow.activities[flow.start] = {
        ...{ type: "virtual-agent", virtualAgentId: "bot" },
        ...{ onHandled: "wait", onEscalated: "wait" },
      };
      flow.activities.wait = { type: "queue", queueId: kind === "voice" ? "sales" : "messages" };
    });
  assert.deepEqual(bot("webhook", "voice"), []);
  assert.deepEqual(bot("streaming", "voice"), []);
  assert.deepEqual(bot("webhook", "digital"), []);
  const path = "flows.1.activities.hello.virtualAgentId";
  assert.deepEqual(bot("streaming", "digital"), [path]);
  assert.deepEqual(bot("webhook", "digital", false), [path]);
});

Deno.test("checkConfiguration() refuses what stands twice", () => {
  assert.deepEqual(
    problems((draft) => {
      draft.queues[1].id = "sales";
      draft.agents[1].username = "anna";
      draft.entryPoints.push({ ...draft.entryPoints[0], id: "again" });
    }),
    ["queues.1.id", "agents.1.username", "entryPoints.2", "flows.0.activities.support.queueId"],
  );
});

Deno.test("checkConfiguration() refuses flows that do not fit their kind or lead nowhere", () => {
  assert.deepEqual(
    problems((draft) => {
      const [voice, digital] = draft.flows;
      voice.start = "gone";
      voice.activities.sales = {
        type: "queue",
        queueId: "messages",
        priority: 0,
        music: "m",
        requirements: [],
        relaxation: [],
      };
      digital.activities.hello = { type: "play", prompt: "welcome", next: "wait" };
      draft.entryPoints[1].flowId = "welcome";
    }),
    [
      "entryPoints.1.flowId",
      "flows.0.start",
      "flows.0.activities.sales.queueId",
      "flows.1.activities.hello.type",
    ],
  );
});

Deno.test("checkConfiguration() refuses an asset without a sender", () => {
  assert.deepEqual(problems((draft) => draft.assetSenders = []), ["entryPoints.1.assetId"]);
});
