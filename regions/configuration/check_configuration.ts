import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { Activity, FlowDocument } from "../../protocol/flow/flow_document.ts";

interface Field {
  path: string;
  message: string;
}

/**
 * Checks what a schema cannot: ids are unique, references lead somewhere, flows end in activities
 * that exist and fit their kind.
 * @throws AntiphonError `invalid_request` naming every field that is wrong
 */
export function checkConfiguration(document: TenantConfiguration): void {
  const fields: Field[] = [];
  const ids = <T extends { id: string }>(path: string, list: readonly T[]) => {
    const seen = new Map<string, T>();
    list.forEach((item, i) => {
      if (seen.has(item.id)) fields.push({ path: `${path}.${i}.id`, message: "Used twice" });
      seen.set(item.id, item);
    });
    return seen;
  };
  const refer = (path: string, id: string, known: ReadonlyMap<string, unknown>, what: string) => {
    if (!known.has(id)) fields.push({ path, message: `There is no ${what} "${id}"` });
  };

  const sites = ids("sites", document.sites);
  const teams = ids("teams", document.teams);
  const queues = ids("queues", document.queues);
  const flows = ids("flows", document.flows);
  ids("agents", document.agents);
  ids("entryPoints", document.entryPoints);
  ids("idleCodes", document.idleCodes);
  ids("wrapUpCodes", document.wrapUpCodes);

  document.teams.forEach((team, i) => refer(`teams.${i}.siteId`, team.siteId, sites, "site"));
  const usernames = new Set<string>();
  document.agents.forEach((agent, i) => {
    agent.teamIds.forEach((id, j) => refer(`agents.${i}.teamIds.${j}`, id, teams, "team"));
    if (usernames.has(agent.username)) {
      fields.push({ path: `agents.${i}.username`, message: "Used twice" });
    }
    usernames.add(agent.username);
  });
  document.queues.forEach((queue, i) =>
    queue.distribution.forEach((group, j) =>
      group.teamIds.forEach((id, k) =>
        refer(`queues.${i}.distribution.${j}.teamIds.${k}`, id, teams, "team")
      )
    )
  );
  const addresses = new Set<string>();
  const senders = new Map(document.assetSenders.map((sender) => [sender.assetId, sender]));
  document.entryPoints.forEach((point, i) => {
    const path = `entryPoints.${i}`;
    refer(`${path}.flowId`, point.flowId, flows, "flow");
    const flow = flows.get(point.flowId);
    const kind = point.channel === "voice" ? "voice" : "digital";
    if (flow && flow.kind !== kind) {
      fields.push({ path: `${path}.flowId`, message: `Name a ${kind} flow` });
    }
    const address = point.channel === "voice" ? point.number : point.assetId;
    if (addresses.has(address)) fields.push({ path, message: "Its address is used twice" });
    addresses.add(address);
    if (point.channel !== "voice" && !senders.has(point.assetId)) {
      fields.push({ path: `${path}.assetId`, message: "Add an assetSender for this asset" });
    }
  });
  document.flows.forEach((flow, i) => checkFlow(flow, `flows.${i}`, queues, fields));

  if (fields.length > 0) {
    throw new AntiphonError("invalid_request", "Correct the fields named in errors", {
      data: { fields },
    });
  }
}

const VOICE_ONLY: ReadonlySet<Activity["type"]> = new Set(["play", "collect"]);

function checkFlow(
  flow: FlowDocument,
  path: string,
  queues: ReadonlyMap<string, { kind: string }>,
  fields: Field[],
): void {
  const step = (at: string, id: string) => {
    if (!Object.hasOwn(flow.activities, id)) {
      fields.push({ path: at, message: `There is no activity "${id}"` });
    }
  };
  step(`${path}.start`, flow.start);
  for (const [id, activity] of Object.entries(flow.activities)) {
    const at = `${path}.activities.${id}`;
    if (flow.kind === "digital" && VOICE_ONLY.has(activity.type)) {
      fields.push({ path: `${at}.type`, message: `A digital flow cannot ${activity.type}` });
    }
    if (flow.kind === "voice" && activity.type === "send-message") {
      fields.push({ path: `${at}.type`, message: "A voice flow cannot send messages" });
    }
    if ("next" in activity && activity.next !== undefined) step(`${at}.next`, activity.next);
    if (activity.type === "collect") step(`${at}.onTimeout`, activity.onTimeout);
    if (activity.type === "branch") {
      activity.cases.forEach((c, i) => step(`${at}.cases.${i}.next`, c.next));
      step(`${at}.otherwise`, activity.otherwise);
    }
    if (activity.type === "queue") {
      const queue = queues.get(activity.queueId);
      if (!queue) {
        fields.push({ path: `${at}.queueId`, message: `There is no queue "${activity.queueId}"` });
      } else if (queue.kind !== flow.kind) {
        fields.push({ path: `${at}.queueId`, message: `Name a ${flow.kind} queue` });
      }
    }
  }
}
