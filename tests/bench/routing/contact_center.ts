import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import {
  type ConfigurationIndex,
  indexConfiguration,
} from "../../../regions/configuration/configuration_index.ts";
import { decide } from "../../../regions/tenants/decide.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import { emptyTenantState } from "../../../regions/tenants/tenant_state.ts";
import type { Transition } from "../../../regions/tenants/transition.ts";
import { seededRandom } from "./seeded_random.ts";

/** How big a contact centre is. */
export interface Size {
  agents: number;
  /** Skills that each contact asks for. */
  requirements: number;
  /** Different questions asked of each queue's agents. */
  questions: number;
}

const SKILLS = 12;
const QUEUES = 20;
const TEAMS = 40;
const ASSET = "01890a5d-ac96-774b-bcce-b302099a8057";

/**
 * A tenant in memory: 20 queues of two teams each, 40 teams, agents of two teams with 12 skills
 * each, contacts that ask for some of them. Messages stand for contacts, since one command starts
 * and queues one; every agent has room for one.
 */
export class ContactCenter {
  readonly state = emptyTenantState();
  readonly random = seededRandom(42);
  at = 1_800_000_000_000;
  readonly #configuration: ConfigurationIndex;
  #ids = 0;
  #contacts = 0;

  constructor(readonly size: Size) {
    const document = configurationOf(size, this.random);
    const flows = document.flows.map((flow) => [flow.id, flow] as const);
    this.#configuration = indexConfiguration(
      document,
      new Map(flows.map(([id]) => [id, id])),
      new Map(flows),
    );
  }

  send(command: TenantCommand): Transition {
    this.at += 1;
    return decide(this.state, command, {
      at: this.at,
      newId: () => `01890a5d-ac96-774b-bcce-${(++this.#ids).toString(16).padStart(12, "0")}`,
      configuration: this.#configuration,
    });
  }

  signIn(n: number): void {
    this.send({ type: "presence", agentId: `agent-${n}`, edgeId: "local", connected: true });
  }

  available(n: number): Transition {
    return this.send({
      type: "agent",
      agentId: `agent-${n}`,
      command: { type: "agent.set-state", state: "available" },
    });
  }

  /** A contact comes in at one of the entry points, and is queued; a hard one suits nobody. */
  arrival(hard = false): TenantCommand {
    const questions = QUEUES * this.size.questions;
    const n = Math.floor(this.random() * questions);
    return {
      type: "message-received",
      assetId: assetOf(hard ? questions + n : n),
      contact: `+49${this.#contacts++}`,
      contactName: null,
      messageId: ASSET,
      providerMessageId: "p",
      text: "Hello",
      sentAt: this.at,
    };
  }
}

function assetOf(n: number): string {
  return `01890a5d-ac96-774b-bcce-${(0xa00000000000 + n).toString(16)}`;
}

function configurationOf(size: Size, random: () => number): TenantConfiguration {
  const pick = (n: number) => Math.floor(random() * n);
  const questions = Array.from({ length: QUEUES * size.questions }, () => {
    const skills = Array.from({ length: SKILLS }, (_, i) => i).sort(() => random() - 0.5);
    return skills.slice(0, size.requirements)
      .map((skill) => ({ skillId: `skill-${skill}`, atLeast: 1 + pick(4) }));
  });
  const hard = questions.map((question) => [
    ...question.filter(({ skillId }) => skillId !== "skill-0"),
    { skillId: "skill-0", atLeast: 10 },
  ]);
  const entries = [...questions, ...hard];
  return TenantConfiguration.parse({
    sites: [{ id: "hq", name: "HQ" }],
    teams: Array.from({ length: TEAMS }, (_, i) => ({ id: `team-${i}`, name: "T", siteId: "hq" })),
    skills: Array.from({ length: SKILLS }, (_, i) => ({
      id: `skill-${i}`,
      name: "S",
      kind: "proficiency",
    })),
    agents: Array.from({ length: size.agents }, (_, i) => ({
      id: `agent-${i}`,
      name: `Agent ${i}`,
      username: `agent-${i}`,
      teamIds: [`team-${i % TEAMS}`, `team-${(i + 1 + pick(TEAMS - 1)) % TEAMS}`],
      skills: Object.fromEntries(
        Array.from({ length: SKILLS }, (_, s) => [`skill-${s}`, s === 0 ? pick(10) : pick(11)]),
      ),
    })),
    queues: Array.from({ length: QUEUES }, (_, i) => ({
      id: `queue-${i}`,
      name: "Q",
      kind: "digital",
      selection: i % 2 === 0 ? "longest-available" : "best-available",
      distribution: [{ afterSeconds: 0, teamIds: [`team-${2 * i}`, `team-${2 * i + 1}`] }],
    })),
    flows: entries.map((requirements, n) => ({
      id: `flow-${n}`,
      name: "F",
      kind: "digital",
      start: "queue",
      activities: {
        queue: {
          type: "queue",
          queueId: `queue-${n % QUEUES}`,
          priority: n % 3,
          requirements,
        },
      },
    })),
    entryPoints: entries.map((_, n) => ({
      id: `entry-${n}`,
      name: "E",
      channel: "whatsapp",
      assetId: assetOf(n),
      flowId: `flow-${n}`,
    })),
    idleCodes: [],
    wrapUpCodes: [{ id: "done", name: "Done" }],
    settings: { capacity: { social: 1 } },
  });
}
