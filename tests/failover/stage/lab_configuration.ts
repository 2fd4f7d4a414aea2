import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";

/** What the lab's centre needs to know. */
export interface LabParts {
  /** Where every site reaches the tenant's own service, on its own loopback. */
  servicePort: number;
}

/** Who works in the lab's centre; they have one password. */
export const LAB_AGENTS = ["wanda", "willi", "phil"] as const;
export const LAB_PASSWORD = "lab2-work-here";

/** Digits by which callers choose what becomes of their call. */
export const LAB_DIGITS = { talk: "1", wait: "2", tick: "3", connect: "4" } as const;

/** The number at which a phone outside answers. */
export const OUTSIDE_NUMBER = "+4930999777";

/** Rounds of the ticking flow, each of this many seconds. */
const ROUNDS = 1000;
const ROUND_SECONDS = 1;

/**
 * The demo's centre made into the lab's: callers choose an agent with a softphone, a queue that
 * nobody serves, a flow that calls a service every second, or a phone outside; two agents write.
 */
export function labConfiguration(
  usual: TenantConfiguration,
  { servicePort }: LabParts,
): TenantConfiguration {
  const team = (id: string) => ({ id, name: id, siteId: "frankfurt", skillProfileId: "advisers" });
  const served = (teamId: string) => [{ afterSeconds: 0, teamIds: [teamId] }];
  const phone = usual.flows.find(({ kind }) => kind === "voice")!;
  return TenantConfiguration.parse({
    ...usual,
    multimediaProfiles: [{ id: "advisers", name: "Travel advisers", social: 6 }],
    teams: [...usual.teams, team("desk-phones"), team("desk-writers"), team("nobody")],
    agents: [
      ...usual.agents,
      ...LAB_AGENTS.map((id) => ({
        ...{ id, name: id, username: id, roles: ["agent"], password: LAB_PASSWORD },
        teamIds: [id === "phil" ? "desk-phones" : "desk-writers"],
      })),
    ],
    queues: [
      { id: "sales", name: "Sales", kind: "voice", distribution: served("desk-phones") },
      { id: "support", name: "Support", kind: "voice", distribution: served("nobody") },
      { id: "messages", name: "Messages", kind: "digital", distribution: served("desk-writers") },
    ],
    connectors: [{
      id: "ticks",
      name: "Ticks",
      baseUrl: `http://127.0.0.1:${servicePort}`,
      authorised: true,
    }],
    flows: [...usual.flows.filter((flow) => flow !== phone), labMenu(phone.id)],
    settings: { ...usual.settings, wrapUpSeconds: 600, offerSeconds: { voice: 60, social: 60 } },
  });
}

function labMenu(id: string) {
  const queue = (queueId: string) => ({ type: "queue", queueId, music: "hold-music" });
  return {
    id,
    name: "Lab",
    kind: "voice",
    start: "menu",
    variables: { choice: "", transferCause: "", round: { type: "number", value: "0" } },
    onError: "to-support",
    activities: {
      menu: {
        type: "collect",
        ...{ prompt: "welcome", variable: "choice", maxDigits: 1, firstDigitSeconds: 60 },
        next: "choose",
        onTimeout: "menu",
      },
      choose: {
        type: "switch",
        value: "{{ choice }}",
        cases: [
          { equals: LAB_DIGITS.talk, next: "to-sales" },
          { equals: LAB_DIGITS.wait, next: "to-support" },
          { equals: LAB_DIGITS.tick, next: "ticking" },
          { equals: LAB_DIGITS.connect, next: "connect" },
        ],
        otherwise: "menu",
      },
      "to-sales": queue("sales"),
      "to-support": queue("support"),
      ticking: { type: "loop", times: ROUNDS, next: "pause", onDone: "bye" },
      pause: { type: "wait", seconds: ROUND_SECONDS, next: "count" },
      count: { type: "set", variable: "round", expression: "round + 1", next: "tell" },
      tell: {
        type: "http-request",
        ...{ connectorId: "ticks", method: "POST", path: "/ticks" },
        body: '{"call":{{ interactionId | json }},"round":{{ round }}}',
        next: "ticking",
        onError: "ticking",
        onTimeout: "ticking",
      },
      connect: {
        type: "transfer",
        to: { kind: "number", number: OUTSIDE_NUMBER, ringSeconds: 20 },
        onFailure: "bye",
      },
      bye: { type: "hang-up" },
    },
  };
}
