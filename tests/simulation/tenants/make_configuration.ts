import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { Random } from "../random/random.ts";
import { WORLD } from "../plans/plan.ts";
import { agentId, assetId, number } from "./tenant_names.ts";

const TEAMS = ["desk", "backup", "night"];

/** A tenant's configuration, small and varied. */
export function makeConfiguration(seed: number, tenant: number): TenantConfiguration {
  const random = new Random(seed, "configuration", tenant);
  return TenantConfiguration.parse({
    sites: [{ id: "hq", name: "Headquarters" }],
    teams: TEAMS.map((id) => ({ id, name: id, siteId: "hq" })),
    agents: Array.from({ length: WORLD.agents }, (_, agent) => ({
      id: agentId(agent),
      name: agentId(agent),
      username: agentId(agent),
      teamIds: agent === 0 ? TEAMS : TEAMS.filter((_, i) => i === agent % 3 || random.chance(0.3)),
    })),
    queues: [
      { id: "sales", name: "Sales", kind: "voice", distribution: groups(random) },
      { id: "support", name: "Support", kind: "voice", distribution: groups(random) },
      { id: "messages", name: "Messages", kind: "digital", distribution: groups(random) },
    ],
    idleCodes: [{ id: "break", name: "Break" }],
    wrapUpCodes: [{ id: "resolved", name: "Resolved" }],
    assetSenders: [{ assetId: assetId(tenant), channel: "whatsapp", phoneNumberId: "1065550100" }],
    entryPoints: [
      { id: "main", name: "Main", channel: "voice", number: number(tenant), flowId: "welcome" },
      {
        id: "chat",
        name: "Chat",
        channel: "whatsapp",
        assetId: assetId(tenant),
        flowId: "greet",
      },
    ],
    flows: [welcome(random), greet(random)],
    settings: {
      offerSeconds: { voice: 10, chat: 12, email: 12, social: 12 },
      wrapUpSeconds: random.between(5, 30),
      capacity: { voice: 1, social: random.between(1, 3) },
      maxQueueSeconds: random.pick([60, 240, 900]),
      digitalIdleSeconds: random.pick([120, 300, 900]),
    },
  });
}

/** One to three groups of teams; now and then two join at the same moment. */
function groups(random: Random) {
  const count = random.between(1, 3);
  const first = random.chance(0.8) ? 0 : 10;
  return Array.from({ length: count }, (_, i) => ({
    afterSeconds: i === 0 ? first : first + i * random.pick([0, 15, 30]),
    teamIds: [TEAMS[i], ...(random.chance(0.2) ? [random.pick(TEAMS)] : [])],
  }));
}

function welcome(random: Random) {
  return {
    id: "welcome",
    name: "Welcome",
    kind: "voice",
    start: random.chance(0.3) ? "hello" : "menu",
    activities: {
      hello: { type: "play", prompt: "welcome", next: "menu" },
      menu: {
        type: "collect",
        prompt: "menu",
        variable: "choice",
        maxDigits: 1,
        next: "choose",
        onTimeout: "support",
      },
      choose: {
        type: "branch",
        variable: "choice",
        cases: [{ equals: "1", next: "sales" }, { equals: "3", next: "urgent" }],
        otherwise: "support",
      },
      sales: { type: "queue", queueId: "sales", priority: random.between(0, 2) },
      support: { type: "queue", queueId: "support" },
      urgent: { type: "queue", queueId: "support", priority: 9 },
    },
  };
}

function greet(random: Random) {
  return {
    id: "greet",
    name: "Greeting",
    kind: "digital",
    start: random.chance(0.5) ? "hello" : "wait",
    activities: {
      hello: { type: "send-message", text: "Hello {{contactName}}", next: "wait" },
      wait: { type: "queue", queueId: "messages", priority: random.between(0, 1) },
    },
  };
}
