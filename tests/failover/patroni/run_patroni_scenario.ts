import { checkMessages, type MessagesVerdict } from "../checker/check_messages.ts";
import { checkOwnership, type OwnershipVerdict } from "../checker/check_ownership.ts";
import { History } from "../history/history.ts";
import { HealthWatch } from "./health_watch.ts";
import { insideSite } from "./inside_site.ts";
import { longestPause } from "./longest_pause.ts";
import type { PatroniScenario } from "./patroni_scenario.ts";
import type { PatroniSite } from "./patroni_site.ts";
import type { PatroniStand } from "./patroni_stand.ts";
import { storedMessages } from "./stored_messages.ts";
import { until } from "./until.ts";
import { WebhookWriter } from "./webhook_writer.ts";

/** What came of a scenario; times in milliseconds. */
export interface PatroniResult
  extends
    Pick<MessagesVerdict, "acknowledged" | "lost" | "doubled" | "reordered">,
    Pick<OwnershipVerdict, "ownedTwice" | "epochs"> {
  name: string;
  /** Where the cluster was active, and is. */
  from: string;
  to: string;
  /** Longest time in which nothing was acknowledged, and how long that may be. */
  pauseMs: number;
  limitMs: number;
  /** Until a change of the control plane's was at the cluster, counted from the end of the trouble. */
  cfgMs: number;
  /** Until the other site could follow again, its cell warm, counted from when it was healed. */
  redundantMs: number;
  /** Exit codes of the cell that was active. */
  cellExits: number[];
  /** Whether nothing was lost, doubled, or decided at two sites, and it moved as it should. */
  good: boolean;
  inTime: boolean;
}

const pass = (seconds: number) => new Promise<void>((go) => setTimeout(go, seconds * 1000));
const CONTACTS = ["4915110000", "4915110001", "4915110002", "4915110003"];
/** Traffic before the fault, and after it. */
const CALM_SECONDS = 2;

/** Plays a scenario on a stand that is settled, and judges what was seen. */
export async function runPatroniScenario(
  stand: PatroniStand,
  scenario: PatroniScenario,
): Promise<PatroniResult> {
  const { leader, other } = await stand.settled();
  const exits = leader.cellExits.length;
  const fault = { leader, other, control: stand.sites.control, pass };
  const history = stand.history = new History();
  const watch = new HealthWatch(history, "world", stand.dataSites);
  const writer = new WebhookWriter({
    ...{ history, tenantId: stand.parts.tenantId, token: stand.parts.token },
    cells: stand.dataSites.map(({ cellUrl }) => cellUrl),
    contacts: CONTACTS,
    nextMessage: () => stand.nextMessage(),
  });
  const inside = scenario.inside ? insideSite(stand, leader, `49152${Date.now()}`) : null;
  let healed = 0;
  let cfgMs = 0;
  let after: { leader: PatroniSite; other: PatroniSite };
  try {
    await pass(CALM_SECONDS);
    history.note({ kind: "mark", mark: "fault", note: scenario.title });
    await scenario.strike(fault);
    const [, changed] = await Promise.all([
      scenario.moves ? activeAt(stand, other) : undefined,
      changeArrives(stand, scenario.moves ? other : leader),
    ]);
    cfgMs = changed;
    await pass(CALM_SECONDS);
    await scenario.heal(fault);
    healed = history.now();
    history.note({ kind: "mark", mark: "healed" });
    after = await stand.settled();
    history.note({ kind: "mark", mark: "settled" });
  } finally {
    await writer.stop();
    await watch.stop();
    history.entries.push(...await inside?.stop() ?? []);
  }
  const redundantMs = settledAt(history) - healed;
  const sent = new Set(
    history.entries.flatMap((it) => it.kind === "op" ? [`${it.conversation} ${it.text}`] : []),
  );
  for (const { contact, text, seq } of await storedMessages(after.leader, stand.parts.tenantId)) {
    if (!sent.has(`${contact} ${text}`)) continue;
    history.note({
      ...{ kind: "message", conversation: contact, direction: "inbound", text },
      ...{ number: null, order: seq },
    });
  }
  const { acknowledged, lost, doubled, reordered } = checkMessages(history.entries);
  const { ownedTwice, epochs } = checkOwnership(history.entries);
  const pauseMs = Math.round(longestPause(history.entries));
  const to = after.leader.place;
  const moved = to === (scenario.moves ? other : leader).place;
  const right = lost + doubled + reordered + ownedTwice === 0 && acknowledged > 0;
  return {
    ...{ name: scenario.name, from: leader.place, to, pauseMs, limitMs: scenario.limitMs },
    ...{ acknowledged, lost, doubled, reordered, ownedTwice, epochs },
    ...{ cfgMs, redundantMs: Math.round(redundantMs), cellExits: leader.cellExits.slice(exits) },
    good: right && moved,
    inTime: pauseMs <= scenario.limitMs,
  };
}

function settledAt({ entries }: History): number {
  return entries.findLast((it) => it.kind === "mark" && it.mark === "settled")!.at;
}

function activeAt(stand: PatroniStand, site: PatroniSite): Promise<true> {
  return until(`an active cell at ${site.place}`, 60, async () => {
    const { leader } = await stand.roles();
    return leader === site || undefined;
  });
}

/** Changes something at the control plane; answers after how long a site's server has it. */
async function changeArrives({ parts }: PatroniStand, site: PatroniSite): Promise<number> {
  const from = performance.now();
  const id = crypto.randomUUID();
  await parts.publisher.sql`insert into cfg.edges (id, url) values (${id}, 'http://edge')`;
  await until(`the control plane's change at ${site.place}`, 60, async () => {
    const found = await site.psql("cell", "-c", `select 1 from cfg.edges where id = '${id}'`);
    const primary = await site.psql("cell", "-c", "select pg_is_in_recovery()");
    return (found === "1" && primary === "f") || undefined;
  });
  return Math.round(performance.now() - from);
}
