import type { Skill } from "../../../protocol/configuration/skill.ts";
import type { Team } from "../../../protocol/configuration/team.ts";
import type { QueueConfiguration } from "../../../protocol/configuration/queue_configuration.ts";
import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../../protocol/errors/problem.ts";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { Referable } from "../../flows/fields/marker.ts";
import type { ProblemCode } from "./problem_code.ts";

type Known = ReadonlyMap<string, unknown>;

/** A document under check: its entities by id, and what was found so far. */
export class CheckContext {
  readonly problems: FieldProblem[] = [];
  readonly sites: Known;
  readonly agents: Known;
  readonly skillProfiles: Known;
  readonly multimediaProfiles: Known;
  readonly businessHours: Known;
  readonly holidayLists: Known;
  readonly assetSenders: Known;
  readonly teams: ReadonlyMap<string, Team>;
  readonly skills: ReadonlyMap<string, Skill>;
  readonly queues: ReadonlyMap<string, QueueConfiguration>;
  readonly entryPoints: Known;
  readonly connectors: ReadonlyMap<string, { authorised: boolean }>;
  readonly virtualAgents: ReadonlyMap<string, { authorised: boolean; adapter: string }>;
  readonly flows: ReadonlyMap<string, FlowDocument>;
  readonly prompts: Known;

  constructor(readonly document: TenantConfiguration) {
    this.sites = byId(document.sites);
    this.teams = byId(document.teams);
    this.agents = byId(document.agents);
    this.skills = byId(document.skills);
    this.skillProfiles = byId(document.skillProfiles);
    this.multimediaProfiles = byId(document.multimediaProfiles);
    this.businessHours = byId(document.businessHours);
    this.holidayLists = byId(document.holidayLists);
    this.assetSenders = new Map(document.assetSenders.map((sender) => [sender.assetId, sender]));
    this.queues = byId(document.queues);
    this.flows = byId(document.flows);
    this.prompts = byId(document.prompts);
    this.entryPoints = byId(document.entryPoints);
    this.connectors = byId(document.connectors);
    this.virtualAgents = byId(document.virtualAgents);
  }

  /** The entities that an activity's field of that kind may name; undefined: not kept here. */
  referable(to: Referable): Known | undefined {
    switch (to) {
      case "queue":
        return this.queues;
      case "agent":
        return this.agents;
      case "flow":
        return this.flows;
      case "entry-point":
        return this.entryPoints;
      case "business-hours":
        return this.businessHours;
      case "skill":
        return this.skills;
      case "prompt":
        return this.prompts;
      case "connector":
        return this.connectors;
      case "virtual-agent":
        return this.virtualAgents;
    }
  }

  /** Whether flows may act through an entity; of kinds that need no authorisation they may. */
  isAuthorised(to: Referable, id: string): boolean {
    if (to === "connector") return this.connectors.get(id)?.authorised ?? true;
    if (to === "virtual-agent") return this.virtualAgents.get(id)?.authorised ?? true;
    return true;
  }

  report(path: string, code: ProblemCode, message: string): void {
    this.problems.push({ path, message, code });
  }

  /** Reports an id that names nothing; one that is left out is fine. */
  refer(path: string, id: string | undefined, known: Known, noun: string): void {
    if (id === undefined || known.has(id)) return;
    this.report(path, "reference_unknown", `There is no ${noun} "${id}"`);
  }

  /** Reports what stands in a list a second time, at the paths that `pathOf` gives. */
  unique(
    values: readonly string[],
    code: ProblemCode,
    pathOf: (index: number) => string,
    message = "Used twice",
  ): void {
    const seen = new Set<string>();
    values.forEach((value, i) => {
      if (seen.has(value)) this.report(pathOf(i), code, message);
      seen.add(value);
    });
  }
}

function byId<T extends { id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((item) => [item.id, item]));
}
