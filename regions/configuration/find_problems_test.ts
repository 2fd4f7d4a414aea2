import assert from "node:assert/strict";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import { type Draft, EXAMPLE } from "../testing/tenant_harness.ts";
import { ENTITY_LIMITS } from "./checks/entity_limits.ts";
import { FLOW_PROBLEM_CODES } from "./checks/flow_problem_codes.ts";
import { PROBLEM_CODES, type ProblemCode } from "./checks/problem_code.ts";
import { findProblems } from "./find_problems.ts";

/** Found by others, who know what is stored. */
const ELSEWHERE: ReadonlySet<ProblemCode> = new Set([
  "too_many",
  "field_unknown",
  "text_not_storable",
  "secret_required",
  "audio_missing",
  ...FLOW_PROBLEM_CODES,
]);
const provoked = new Set<string>();

/** A configuration with skills, hours and a team with capacity, changed as said. */
function problems(change: (draft: Draft) => void): string[] {
  const draft: Draft = structuredClone(EXAMPLE);
  draft.skills = [
    { id: "german", name: "German", kind: "proficiency" },
    { id: "vip", name: "Very important", kind: "boolean" },
    { id: "office", name: "Office", kind: "text" },
    { id: "product", name: "Product", kind: "enumeration", words: ["phone", "router"] },
  ];
  draft.businessHours = [{ id: "week", name: "Week", timeZone: "Europe/Berlin", weekly: [] }];
  draft.teams.push({
    ...{ id: "service", name: "Answering service", siteId: "hq" },
    capacity: { number: "+4969900200", calls: 5 },
  });
  change(draft);
  const found = findProblems(TenantConfiguration.parse(draft));
  return found.map(({ path, code }) => {
    provoked.add(code!);
    return `${path}: ${code}`;
  });
}

const voiceQueue = (draft: Draft, more: object) => {
  draft.flows[0].activities.sales = { type: "queue", queueId: "sales", ...more };
};

const CASES: [name: string, change: (draft: Draft) => void, found: string[]][] = [
  ["a configuration that fits", () => {}, []],
  ["an id that stands twice", (draft) => draft.skills.push(draft.skills[0]), [
    "skills.4.id: id_repeated",
  ]],
  ["an asset sender that stands twice", (draft) => draft.assetSenders.push(draft.assetSenders[0]), [
    "assetSenders.1.assetId: id_repeated",
  ]],
  ["a user name that stands twice", (draft) => draft.agents[1].username = "anna", [
    "agents.1.username: username_repeated",
  ]],
  ["a word that stands twice", (draft) => draft.skills[3].words.push("phone"), [
    "skills.3.words.2: word_repeated",
  ]],
  [
    "an address that stands twice",
    (draft) => draft.entryPoints.push({ ...draft.entryPoints[0], id: "again" }),
    ["entryPoints.2: address_repeated"],
  ],
  ["an asset without a sender", (draft) => draft.assetSenders = [], [
    "entryPoints.1.assetId: asset_sender_missing",
  ]],
  [
    "references that lead nowhere",
    (draft) => {
      draft.sites[0].multimediaProfileId = "no";
      draft.teams[0].skillProfileId = "no";
      draft.teams[0].multimediaProfileId = "no";
      draft.agents[0].skillProfileId = "no";
      draft.agents[0].multimediaProfileId = "no";
      draft.agents[0].skills = { no: 1 };
      draft.businessHours[0].holidayListIds = ["no"];
      draft.queues[0].businessHoursId = "no";
      draft.queues[0].overflowQueueId = "no";
      Object.assign(draft.entryPoints[0], { businessHoursId: "no", closedFlowId: "no" });
      draft.settings.serviceLevel.businessHoursId = "no";
    },
    [
      "sites.0.multimediaProfileId",
      "teams.0.skillProfileId",
      "teams.0.multimediaProfileId",
      "agents.0.skillProfileId",
      "agents.0.multimediaProfileId",
      "agents.0.skills.no",
      "businessHours.0.holidayListIds.0",
      "queues.0.overflowQueueId",
      "queues.0.businessHoursId",
      "entryPoints.0.businessHoursId",
      "entryPoints.0.closedFlowId",
      "settings.serviceLevel.businessHoursId",
    ].map((path) => `${path}: reference_unknown`),
  ],
  [
    "activities that there are not, and that do not fit",
    (draft) => {
      const { activities } = draft.flows[0];
      activities.strange = { type: "levitate" };
      activities.misspelt = { type: "hang-up", colour: "red" };
      activities.empty = { type: "set", variable: "x", next: "menu" };
    },
    [
      "flows.0.activities.strange.type: activity_unknown",
      "flows.0.activities.misspelt: activity_invalid",
      "flows.0.activities.empty.value: activity_invalid",
    ],
  ],
  [
    "activities that act through what nobody authorised",
    (draft) => {
      draft.connectors = ["good", "bad"].map((id) => ({
        ...{ id, name: "C", baseUrl: "https://crm.example", authorised: id === "good" },
      }));
      const { activities } = draft.flows[0];
      for (const connectorId of ["good", "bad", "no"]) {
        activities[connectorId] = { type: "http-request", connectorId, path: "/", next: "menu" };
      }
    },
    [
      "flows.0.activities.bad.connectorId: node_not_authorised",
      "flows.0.activities.no.connectorId: reference_unknown",
    ],
  ],
  [
    "activities that lead nowhere",
    (draft) => {
      const { activities } = draft.flows[0];
      activities.sales = { type: "queue", queueId: "sales", next: "no", onClosed: "no" };
      activities.hers = {
        ...{ type: "queue-to-agent", agentId: "no", queueId: "no" },
        ...{ next: "no", onUnavailable: "no" },
      };
      activities.mine = {
        ...{ type: "queue-to-agent", agentId: "{{choice}}", queueId: "sales" },
        onUnavailable: "sales",
      };
      activities.tell = { type: "queue-information", queueId: "no", next: "no" };
    },
    [
      "flows.0.activities.sales.next",
      "flows.0.activities.sales.onClosed",
      "flows.0.activities.hers.next",
      "flows.0.activities.hers.onUnavailable",
      "flows.0.activities.tell.next",
      "flows.0.activities.hers.queueId",
      "flows.0.activities.hers.agentId",
      "flows.0.activities.tell.queueId",
    ].map((path) => `${path}: reference_unknown`),
  ],
  [
    "things of the wrong kind",
    (draft) => {
      draft.queues[2].distribution[0].teamIds.push("service");
      draft.queues[0].overflowQueueId = "messages";
      draft.entryPoints[0].closedFlowId = "greet";
      draft.flows[0].activities.sales = {
        ...{ type: "queue-to-agent", agentId: "anna", queueId: "messages" },
        onUnavailable: "support",
      };
    },
    [
      "queues.0.overflowQueueId",
      "queues.2.distribution.0.teamIds.1",
      "entryPoints.0.closedFlowId",
      "flows.0.activities.sales.queueId",
    ].map((path) => `${path}: kind_mismatch`),
  ],
  [
    "values that are none of their skills",
    (draft) => {
      draft.skillProfiles = [{
        ...{ id: "p", name: "P" },
        values: { german: true, vip: 3, office: 4, product: ["phone", "fax"] },
      }];
      draft.agents[0].skills = { german: "much", product: "fax" };
    },
    [
      "skillProfiles.0.values.german",
      "skillProfiles.0.values.vip",
      "skillProfiles.0.values.office",
      "skillProfiles.0.values.product",
      "agents.0.skills.german",
      "agents.0.skills.product",
    ].map((path) => `${path}: skill_value_invalid`),
  ],
  [
    "requirements that nobody can meet",
    (draft) =>
      voiceQueue(draft, {
        requirements: [
          { skillId: "german", is: "good" },
          { skillId: "vip", atLeast: 1 },
          { skillId: "product", is: "fax" },
          { skillId: "no", atLeast: 1 },
        ],
      }),
    [
      "flows.0.activities.sales.requirements.0.is: skill_value_invalid",
      "flows.0.activities.sales.requirements.1.atLeast: skill_value_invalid",
      "flows.0.activities.sales.requirements.2.is: skill_value_invalid",
      "flows.0.activities.sales.requirements.3.skillId: reference_unknown",
    ],
  ],
  [
    "relaxation that asks for more, or goes back in time",
    (draft) =>
      voiceQueue(draft, {
        requirements: [{ skillId: "german", atLeast: 5 }, { skillId: "product", is: "phone" }],
        relaxation: [
          { afterSeconds: 30, requirements: [{ skillId: "german", atLeast: 4 }] },
          { afterSeconds: 30, requirements: [{ skillId: "german", atLeast: 6 }] },
          { afterSeconds: 60, requirements: [{ skillId: "product", is: "phone" }] },
        ],
      }),
    [
      "flows.0.activities.sales.relaxation.1.afterSeconds",
      "flows.0.activities.sales.relaxation.1.requirements.0",
      "flows.0.activities.sales.relaxation.2.requirements.0",
    ].map((path) => `${path}: relaxation_stricter`),
  ],
  [
    "relaxation that asks for less and less",
    (draft) =>
      voiceQueue(draft, {
        requirements: [{ skillId: "german", atLeast: 5 }, { skillId: "product", is: "phone" }],
        relaxation: [
          { afterSeconds: 30, requirements: [{ skillId: "german", atLeast: 5 }] },
          { afterSeconds: 31, requirements: [{ skillId: "german", atLeast: 2 }] },
          { afterSeconds: 90, requirements: [] },
        ],
      }),
    [],
  ],
  [
    "groups out of order, and a team that searches twice",
    (draft) =>
      draft.queues[0].distribution = [
        { afterSeconds: 30, teamIds: ["desk"] },
        { afterSeconds: 30, teamIds: ["backup", "desk"] },
      ],
    [
      "queues.0.distribution.1.afterSeconds: distribution_order",
      "queues.0.distribution.1.teamIds.1: distribution_order",
    ],
  ],
  [
    "an overflow that comes back",
    (draft) => {
      draft.queues[0].overflowQueueId = "support";
      draft.queues[1].overflowQueueId = "sales";
      draft.queues[2].overflowQueueId = "messages";
    },
    [0, 1, 2].map((i) => `queues.${i}.overflowQueueId: overflow_cyclic`),
  ],
  [
    "time zones that there are not",
    (draft) => {
      const week = draft.businessHours[0];
      draft.businessHours = ["Mars/Olympus", "+01:00", "America/New_York", "UTC"]
        .map((timeZone, i) => ({ ...week, id: `week-${i}`, timeZone }));
    },
    [0, 1].map((i) => `businessHours.${i}.timeZone: time_zone_unknown`),
  ],
  ["hours without a flow for when they are over", (draft) => {
    draft.entryPoints[0].businessHoursId = "week";
  }, ["entryPoints.0.closedFlowId: closed_flow_missing"]],
  [
    "a prompt with two audios for one language",
    (draft) => {
      const audio = { language: "de-DE", hash: "a".repeat(64), seconds: 5, bytes: 40_000 };
      draft.prompts = [{ id: "hello", name: "Hello", audio: [audio, audio] }];
    },
    ["prompts.0.audio.1.language: language_repeated"],
  ],
  [
    "rules of entry points that lead nowhere",
    (draft) => {
      draft.entryPoints[0].otherNumbers = ["+4969900101"];
      draft.entryPoints[0].routing = [
        { businessHoursId: "no", flowId: "no" },
        { numbers: ["+4969900101", "+4969900102"], flowId: "greet" },
      ];
      draft.entryPoints.push({
        ...{ id: "again", name: "Again", channel: "voice", number: "+4969900101" },
        flowId: "welcome",
      });
    },
    [
      "entryPoints.0.routing.0.flowId: reference_unknown",
      "entryPoints.0.routing.0.businessHoursId: reference_unknown",
      "entryPoints.0.routing.1.flowId: kind_mismatch",
      "entryPoints.0.routing.1.numbers.1: reference_unknown",
      "entryPoints.2: address_repeated",
    ],
  ],
  ["an agent in a team with capacity", (draft) => draft.agents[0].teamIds.push("service"), [
    "agents.0.teamIds.1: capacity_team_has_agents",
  ]],
  [
    "marks that contradict each other",
    (draft) => {
      draft.globalVariables = [
        { id: "tier", name: "Tier", agentEditable: true },
        { id: "card", name: "Card", sensitive: true, reportable: true },
      ];
      draft.flows[0].variables = { pin: { value: "", agentEditable: true }, plain: "x" };
    },
    [
      "flows.0.variables.pin.agentEditable",
      "globalVariables.0.agentEditable",
      "globalVariables.1.reportable",
    ].map((path) => `${path}: marks_conflict`),
  ],
  [
    "values that are none of their variables' kinds",
    (draft) =>
      draft.globalVariables = ["number", "boolean"].flatMap((kind) =>
        ["", "7", "true"].map((value, i) => ({ id: `${kind}${i}`, name: "V", kind, value }))
      ),
    [2, 4].map((i) => `globalVariables.${i}.value: variable_value_invalid`),
  ],
];

for (const [name, change, found] of CASES) {
  Deno.test(`findProblems() finds in ${name}: ${found.length}`, () => {
    assert.deepEqual(problems(change), found);
  });
}

Deno.test("an empty distribution has a code though the schema finds it", () => {
  const draft: Draft = structuredClone(EXAMPLE);
  draft.queues[0].distribution = [];
  draft.queues[1].distribution[0].teamIds = [];
  const { error } = TenantConfiguration.safeParse(draft);
  const { errors } = toProblem(error);
  assert.deepEqual(errors!.map(({ path, code }) => [path, code]), [
    ["queues.0.distribution", "distribution_empty"],
    ["queues.1.distribution.0.teamIds", "distribution_empty"],
  ]);
  provoked.add("distribution_empty");
  const unparsed: Draft = structuredClone(EXAMPLE);
  unparsed.queues[0].distribution = [];
  assert.deepEqual(findProblems(unparsed).map(({ code }) => code), ["distribution_empty"]);
});

Deno.test("there may be no more of a kind than the document may have, one by one neither", () => {
  const idleCodes = Array.from({ length: 201 }, (_, i) => ({ id: `code-${i}`, name: "Code" }));
  assert.deepEqual(findProblems({ ...EXAMPLE, idleCodes }), [
    { path: "idleCodes", code: "too_many", message: "Have at most 200" },
  ]);
  for (const most of Object.values(ENTITY_LIMITS)) assert.ok(most >= 200 && most <= 50_000);
});

Deno.test("every code is provoked by some case", () => {
  const codes = PROBLEM_CODES.filter((code) => !ELSEWHERE.has(code));
  for (const [, change] of CASES) problems(change);
  provoked.add("distribution_empty");
  assert.deepEqual([...provoked].sort(), [...codes].sort());
});
