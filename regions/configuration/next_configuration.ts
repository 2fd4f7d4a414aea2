import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import {
  entitiesOf,
  ENTITY_KINDS,
  entityIdOf,
  LISTED_KINDS,
} from "../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import { adaptFlows } from "./adapt_flows.ts";
import {
  type ConfigurationIndex,
  indexConfiguration,
  type StoredMarks,
  versionKey,
} from "./configuration_index.ts";
import type { EntityChange } from "./diff_entities.ts";
import { flowVersion } from "./flow_version.ts";

/** A configuration as it will be, and what is to be stored for it besides its entities. */
export interface NextConfiguration {
  index: ConfigurationIndex;
  newFlows: ReadonlyMap<string, FlowDocument>;
}

/** The configuration that follows `before` by these changes: one revision on, lists by id. */
export function nextConfiguration(
  before: Pick<ConfigurationIndex, "stored" | "flowVersions" | "flows">,
  document: TenantConfiguration,
  changes: readonly EntityChange[],
  resolution: StrandResolution | null,
): NextConfiguration {
  const revision = before.stored.revision + 1;
  const versions = new Map(before.stored.versions);
  const flowVersions = new Map(before.flowVersions);
  const newFlows = new Map<string, FlowDocument>();
  for (const { action, kind, id, after } of changes) {
    if (action === "delete") versions.delete(versionKey(kind, id));
    else versions.set(versionKey(kind, id), revision);
    if (kind !== "flows") continue;
    if (action === "delete") flowVersions.delete(id);
    else {
      const flow = after as FlowDocument;
      const version = flowVersion(flow);
      flowVersions.set(id, version);
      newFlows.set(version, flow);
    }
  }
  const redirects = nextRedirects(before.stored.redirects, resolution?.moveTo ?? {}, document);
  const index = indexConfiguration(
    byIds(document),
    flowVersions,
    adaptFlows(new Map([...before.flows, ...newFlows]), document, redirects),
    { ...before.stored, revision, versions, resolution, redirects },
  );
  return { index, newFlows };
}

/** Redirects of queues that are gone, to where there is a queue now. */
function nextRedirects(
  before: StoredMarks["redirects"],
  moveTo: Readonly<Record<string, string>>,
  { queues }: TenantConfiguration,
): Record<string, string> {
  const there = new Set(queues.map((queue) => queue.id));
  const moved = Object.entries({ ...before, ...moveTo })
    .map(([from, to]) => [from, there.has(to) ? to : moveTo[to]] as const);
  return Object.fromEntries(moved.filter(([from, to]) => !there.has(from) && there.has(to)));
}

function byIds(document: TenantConfiguration): TenantConfiguration {
  const lists = LISTED_KINDS.map((kind) => {
    const idOf = (entity: Record<string, unknown>) => entityIdOf(kind, entity);
    const sorted = [...entitiesOf(document, kind)]
      .sort((a, b) => idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0);
    return [ENTITY_KINDS[kind].key, sorted] as const;
  });
  return { ...document, ...Object.fromEntries(lists) };
}
