import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { SwitchOver } from "../../protocol/keeper/switch_over.ts";
import { awaitFact } from "./await_fact.ts";
import type { CellHealth } from "./cell_health.ts";
import type { ClusterPicture } from "./cluster_picture.ts";
import type { Pace } from "./pace.ts";

/** What {@linkcode restartRolling} works with. */
export interface RestartParts extends Pace {
  clusterId: string;
  view: () => Promise<ClusterPicture>;
  cellHealth: (site: string) => Promise<CellHealth | null>;
  /** Moves the cluster, or rehearses that, and waits until it has moved, or not. */
  move: (site: string, rehearse: boolean) => Promise<SwitchOver>;
  processes: Record<"stop" | "start" | "renew", (name: string) => Promise<void>>;
  say: (line: string) => void;
}

const CELL_MS = 60_000;
/** Keepers look at cells and at each other every now and then. */
const NOTICED_MS = 10_000;
const REDUNDANCY_MS = 120_000;

/**
 * Starts every process of a cluster's cells and the edge anew, one at a time: a cell only while it
 * is the standby, so that the cluster moves there and back;
 * the edge renews itself while it serves.
 *
 * @returns the processes in the order in which they were started anew
 * @throws AntiphonError `conflict` when the cluster is not redundant, or a move was refused
 */
export async function restartRolling(parts: RestartParts): Promise<string[]> {
  const { clusterId, say } = parts;
  const before = await parts.view();
  const home = before.active?.site;
  const other = before.sites.find(({ site }) => site !== home)?.site;
  if (before.health !== "redundant" || !home || !other) {
    throw new AntiphonError("conflict", `A restart would be an outage now. ${before.summary}`);
  }
  const done: string[] = [];
  for (const [standby, active] of [[other, home], [home, other]]) {
    const name = `cell-${clusterId}-${standby}`;
    await restart(parts, name);
    await awaitFact(
      `The standby cell in ${standby}`,
      async () => (await parts.cellHealth(standby))?.warm === true,
      CELL_MS,
      parts,
    );
    done.push(name);
    say(`Moving ${clusterId} from ${active} to ${standby}`);
    await move(parts, standby);
  }
  await parts.processes.renew("edge");
  say("edge is renewed");
  return [...done, "edge"];
}

async function restart({ processes, say }: RestartParts, name: string): Promise<void> {
  await processes.stop(name);
  await processes.start(name);
  say(`${name} is started anew`);
}

async function move(parts: RestartParts, site: string): Promise<void> {
  const { clusterId } = parts;
  await awaitFact(
    `Consent of the keepers of ${clusterId}`,
    async () => (await parts.move(site, true)).state === "done",
    NOTICED_MS,
    parts,
  ).catch(() => {});
  // Should they not consent, this says why.
  const { state, problem } = await parts.move(site, false);
  if (state !== "done") {
    throw new AntiphonError(
      "conflict",
      `${clusterId} did not move to ${site}: ${problem ?? state}`,
    );
  }
  await awaitFact(
    `A standby of ${clusterId}`,
    async () => (await parts.view()).health === "redundant",
    REDUNDANCY_MS,
    parts,
  );
}
