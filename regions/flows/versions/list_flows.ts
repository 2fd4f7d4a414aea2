import { isDeepStrictEqual } from "node:util";
import type { FlowSummary } from "../../../protocol/flow/flow_versions.ts";
import type { ConfigurationIndex } from "../../configuration/configuration_index.ts";
import type { FlowDrafts } from "./flow_drafts.ts";
import type { FlowHistory } from "./flow_history.ts";

/** What to list. */
export interface FlowQuery {
  limit: number;
  /** The last id of the page before. */
  after?: string;
  /** A part of id or name, in any case. */
  q?: string;
  kind?: "voice" | "digital";
}

/** Where flows are kept. */
export interface FlowStores {
  configuration: ConfigurationIndex;
  drafts: FlowDrafts;
  history: FlowHistory;
}

/** A page of published flows and drafts in order of ids. `next` is null on the last one. */
export async function listFlows(
  stores: FlowStores,
  { limit, after = "", q = "", kind }: FlowQuery,
): Promise<{ items: FlowSummary[]; next: string | null }> {
  const { configuration: { document: { flows } } } = stores;
  const known = new Map<string, { id: string; name: string; kind: string }>();
  for (const draft of await stores.drafts.list()) known.set(draft.id, draft);
  for (const flow of flows) known.set(flow.id, flow);
  const wanted = q.trim().toLowerCase();
  const ids = [...known.values()].filter((it) =>
    it.id > after && (kind === undefined || it.kind === kind) &&
    (it.id.includes(wanted) || it.name.toLowerCase().includes(wanted))
  ).map(({ id }) => id).sort();
  const page = ids.slice(0, limit);
  const items = await summariesOf(stores, page);
  return { items, next: ids.length > limit ? page[limit - 1] : null };
}

/** Flows by their ids; those that there are not are left out. */
export async function summariesOf(
  { configuration, drafts, history }: FlowStores,
  ids: readonly string[],
): Promise<FlowSummary[]> {
  const published = new Map(configuration.document.flows.map((flow) => [flow.id, flow]));
  const latest = await history.latest(ids.filter((id) => published.has(id)));
  const found = await drafts.findAll(ids);
  const summaries: FlowSummary[] = [];
  for (const id of ids) {
    const flow = published.get(id);
    const draft = found.get(id);
    const shown = flow ?? draft?.document;
    if (!shown) continue;
    summaries.push({
      ...{ id, name: shown.name, kind: shown.kind },
      published: flow ? latest.get(id) ?? null : null,
      draft: draft
        ? {
          author: draft.author,
          updatedAt: draft.updatedAt,
          differs: !isDeepStrictEqual(draft.document, flow),
        }
        : null,
    });
  }
  return summaries;
}
