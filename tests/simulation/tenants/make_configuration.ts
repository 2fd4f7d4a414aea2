import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { WORLD } from "../plans/plan.ts";
import { Random } from "../random/random.ts";
import { greet, identify, welcome } from "./make_flows.ts";
import { groups, SKILLS, skillValue, TEAMS } from "./make_groups.ts";
import { agentId, assetId, number } from "./tenant_names.ts";

/** A tenant's configuration, small and varied: what a real one may use, some tenants use here. */
export function makeConfiguration(seed: number, tenant: number): TenantConfiguration {
  const random = new Random(seed, "configuration", tenant);
  const outside = random.chance(0.3);
  return TenantConfiguration.parse({
    sites: [{
      id: "hq",
      name: "Headquarters",
      ...(random.chance(0.3) ? { multimediaProfileId: "mixed" } : {}),
    }],
    teams: [
      ...TEAMS.map((id) => ({
        id,
        name: id,
        siteId: "hq",
        ...(random.chance(0.3) ? { skillProfileId: "clerks" } : {}),
      })),
      ...(outside ? [answeringService(random)] : []),
    ],
    agents: Array.from({ length: WORLD.agents }, (_, agent) => makeAgent(random, agent)),
    skills: [
      { id: "english", name: "English", kind: "proficiency" },
      { id: "german", name: "German", kind: "proficiency" },
      { id: "vip", name: "VIP", kind: "boolean" },
    ],
    skillProfiles: [{ id: "clerks", name: "Clerks", values: { english: 4 } }],
    multimediaProfiles: [{
      id: "mixed",
      name: "Mixed",
      voice: 1,
      social: random.between(1, 3),
      blending: random.pick(["exclusive", "blended", "blended-real-time", "voice-first"]),
    }],
    queues: [
      voiceQueue(random, "sales", outside),
      voiceQueue(random, "support", outside),
      {
        ...voiceQueue(random, "callbacks", false),
        direction: "outbound",
        distribution: groups(random, false),
      },
      digitalQueue(random),
    ],
    idleCodes: [{ id: "break", name: "Break" }],
    wrapUpCodes: [{ id: "resolved", name: "Resolved" }],
    assetSenders: [{ assetId: assetId(tenant), channel: "whatsapp", phoneNumberId: "1065550100" }],
    businessHours: [{
      id: "morning",
      name: "Morning",
      timeZone: "UTC",
      weekly: [{ days: ["mon"], times: [{ from: "08:00", to: `09:0${random.between(1, 9)}` }] }],
    }],
    entryPoints: [
      {
        id: "main",
        name: "Main",
        channel: "voice",
        number: number(tenant),
        flowId: "welcome",
        ...(random.chance(0.1) ? { businessHoursId: "morning", closedFlowId: "closed" } : {}),
      },
      { id: "chat", name: "Chat", channel: "whatsapp", assetId: assetId(tenant), flowId: "greet" },
    ],
    flows: [welcome(random), identify(random), greet(random), {
      id: "closed",
      name: "Closed",
      kind: "voice",
      start: "bye",
      activities: { bye: { type: "hang-up" } },
    }],
    settings: {
      offerSeconds: { voice: 10, chat: 12, email: 12, social: 12 },
      wrapUpSeconds: random.between(5, 30),
      capacity: { voice: 1, social: random.between(1, 3) },
      maxQueueSeconds: random.pick([60, 240, 900]),
      digitalIdleSeconds: random.pick([120, 300, 900]),
    },
  });
}

function makeAgent(random: Random, agent: number) {
  return {
    id: agentId(agent),
    name: agentId(agent),
    username: agentId(agent),
    teamIds: agent === 0 ? TEAMS : TEAMS.filter((_, i) => i === agent % 3 || random.chance(0.3)),
    skills: Object.fromEntries(
      SKILLS.filter(() => random.chance(0.5))
        .map((id) => [id, skillValue(random, id)]),
    ),
    ...(random.chance(0.25) ? { skillProfileId: "clerks" } : {}),
    ...(random.chance(0.25) ? { multimediaProfileId: "mixed" } : {}),
  };
}

function answeringService(random: Random) {
  return {
    id: "answering",
    name: "Answering service",
    siteId: "hq",
    capacity: {
      number: "+4930999",
      calls: random.between(1, 2),
      ringSeconds: random.between(5, 15),
    },
  };
}

function voiceQueue(random: Random, id: string, outside: boolean) {
  return {
    id,
    name: id,
    kind: "voice",
    relativePriority: random.between(4, 6),
    selection: random.chance(0.3) ? "best-available" : "longest-available",
    acceptance: random.chance(0.15) ? "automatic" : "manual",
    declinable: random.chance(0.85),
    distribution: groups(random, outside),
    callback: callbacks(new Random(random.between(1, 1e9), "callback", id)),
    record: id === "support" ? "always" : "flow",
    ...(random.chance(0.4) ? { maxWaitSeconds: random.between(20, 90) } : {}),
    ...(id !== "support" && random.chance(0.7) ? { overflowQueueId: "support" } : {}),
    ...(random.chance(0.1) ? { businessHoursId: "morning" } : {}),
  };
}

function callbacks(random: Random) {
  const minute = () => String(random.between(0, 20)).padStart(2, "0");
  return {
    when: random.pick(["agent-first", "customer-first"]),
    attempts: random.between(1, 3),
    minutesBetweenAttempts: random.between(1, 2),
    ringSeconds: random.between(5, 20),
    ...(random.chance(0.4) ? { prompt: "welcome" } : {}),
    ...(random.chance(0.2)
      ? { window: { businessHoursId: "morning", from: `08:${minute()}`, until: `09:${minute()}` } }
      : {}),
    ...(random.chance(0.05) ? { enabled: false } : {}),
  };
}

function digitalQueue(random: Random) {
  return {
    id: "messages",
    name: "Messages",
    kind: "digital",
    relativePriority: random.between(4, 6),
    acceptance: random.chance(0.2) ? "automatic" : "manual",
    distribution: groups(random, false),
    ...(random.chance(0.4) ? { firstResponseSeconds: 10, followUpSeconds: 15 } : {}),
    ...(random.chance(0.4)
      ? { contactIdle: { seconds: random.between(10, 60), extensionSeconds: 20 } }
      : {}),
  };
}
