import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { randomFlow } from "../../testing/random_flow.ts";
import { type Draft, NUMBER, TenantHarness } from "../../testing/tenant_harness.ts";
import { ACTIVITIES } from "../activities/activities.ts";
import { validateFlow } from "./validate_flow.ts";

const VARIABLES = ["one", "two", "three"];
const REFERENCES = {
  agent: ["anna"],
  connector: ["crm"],
  "virtual-agent": ["bot"],
  "business-hours": ["week"],
  "entry-point": ["main"],
  prompt: ["welcome"],
};
const voice = randomFlow("welcome", {
  ...{ kind: "voice", variables: VARIABLES },
  references: { ...REFERENCES, queue: ["sales", "support"], flow: ["helper", "welcome"] },
});
const digital = randomFlow("greet", {
  ...{ kind: "digital", variables: VARIABLES },
  references: { ...REFERENCES, queue: ["messages"], flow: ["writer", "greet"] },
});

/** What happens to a contact: answers of all sorts, and time. */
const happenings = fc.array(
  fc.constantFrom("played", "failed", "digits", "none", "message", "service", "time", "long"),
  { minLength: 1, maxLength: 25 },
);

function configured(document: FlowDocument) {
  return (draft: Draft) => {
    draft.settings = { httpHosts: ["example.com"] };
    draft.businessHours = [{ id: "week", name: "Week", timeZone: "UTC", weekly: [] }];
    draft.connectors = [
      { id: "crm", name: "CRM", baseUrl: "https://example.com", authorised: true },
    ];
    draft.virtualAgents = [{
      ...{ id: "bot", name: "Bot", adapter: "webhook", url: "https://bot.example/turn" },
      ...{ authorised: true, secret: `whsec_${"A".repeat(32)}` },
    }];
    draft.flows = draft.flows.filter(({ id }: FlowDocument) => id !== document.id);
    draft.flows.push(
      document,
      {
        ...{ id: "helper", name: "Helper", kind: "voice", start: "a" },
        activities: {
          a: { type: "branch", condition: "one == 'x'", next: "b", otherwise: "c" },
          b: { type: "play", prompt: "welcome", next: "c" },
          c: { type: "return" },
        },
        variables: { one: "", own: { type: "number" } },
      },
      {
        ...{ id: "writer", name: "Writer", kind: "digital", start: "a" },
        activities: {
          a: { type: "ask", text: "?", variable: "one", next: "b", onTimeout: "b" },
          b: { type: "send-message", text: "{{ one }}" },
        },
      },
    );
  };
}

/** Brings a contact to a flow and lets things happen to it. */
function walk(document: FlowDocument, what: readonly string[]): void {
  const h = new TenantHarness(configured(document));
  let id: string;
  if (document.kind === "voice") {
    id = h.newId();
    h.call(id, {
      ...{ type: "call.offered", legId: h.newId(), trunkId: h.newId() },
      ...{ from: "+49301", to: NUMBER, transport: "sip-udp" },
    });
    settled(h, id);
    if (h.state.interactions.has(id)) h.call(id, { type: "call.answered", codec: "PCMU" });
  } else {
    h.message("491701", "Hello");
    const [first] = h.state.interactions.keys();
    id = first;
  }
  for (const event of what) {
    settled(h, id);
    if (!h.state.interactions.has(id)) return;
    happen(h, id, event, document.kind);
  }
  settled(h, id);
}

function happen(h: TenantHarness, id: string, event: string, kind: string): void {
  const { step } = h.interaction(id).flow;
  const commandId = `${id}:flow:${step}`;
  switch (event) {
    case "played":
    case "failed":
      if (kind !== "voice") return;
      h.call(id, {
        ...{ type: "call.played", commandId },
        outcome: event === "played" ? "completed" : "failed",
      });
      return;
    case "digits":
    case "none":
      if (kind !== "voice") return;
      h.call(id, {
        ...{ type: "call.collected", commandId, sealed: null },
        ...{ digits: event === "digits" ? "4711" : "", outcome: "complete" },
      });
      return;
    case "message":
      if (kind === "digital") h.message("491701", "x");
      return;
    case "service":
      h.send({ type: "flow-answered", interactionId: id, step, answer: { odd: true } });
      return;
    default:
      h.pass(event === "time" ? 10_000 : 3600_000);
  }
}

/**
 * The contact waits for something that has an end, or is gone; and no line ran in circles, but for
 * those that faults sent round by error paths: how often they come is for the engine to bound.
 */
function settled(h: TenantHarness, id: string): void {
  const looped = h.log.findIndex(({ event }) =>
    (event.type === "flow.failed" && event.code === "flow-loop") ||
    (event.type === "flow.ended" && event.reason === "flow-loop")
  );
  if (looped >= 0) {
    const { at } = h.log[looped];
    const fault = h.log.slice(0, looped)
      .find((it) => it.at === at && it.event.type === "flow.failed");
    assert.ok(fault, JSON.stringify(h.log[looped]));
  }
  const it = h.state.interactions.get(id);
  if (!it || it.phase !== "flow") return;
  const called = it.call === null || it.call.answered;
  assert.ok(!called || it.flow.activityId === null || it.flow.deadline !== null);
}

for (const [kind, flows] of [["voice", voice], ["digital", digital]] as const) {
  Deno.test(`a random ${kind} flow that is valid never runs in circles nor waits for ever`, () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(flows, happenings, (document, what) => {
        const { document: configuration } = new TenantHarness(configured(document)).configuration;
        const problems = validateFlow(document, configuration);
        fc.pre(problems.every(({ severity }) => severity === "warning"));
        for (const { type } of Object.values(document.activities)) met.add(type);
        walk(document, what);
      }),
      { numRuns: 150, maxSkipsPerRun: 1000 },
    );
    const all = [...ACTIVITIES].filter(([, { kinds }]) => kinds.includes(kind));
    assert.ok(met.size > all.length * 0.7, `only ${[...met]}`);
  });
}

Deno.test("an invalid flow that runs all the same throws nothing", () => {
  fc.assert(
    fc.property(voice, happenings, (document, what) => {
      const h = new TenantHarness(configured(document));
      validateFlow(document, h.configuration.document);
      try {
        walk(document, what);
      } catch (error) {
        // Invalid ones may run in circles; what matters is that they end.
        assert.ok(error instanceof assert.AssertionError, String(error));
      }
    }),
    { numRuns: 100 },
  );
});
