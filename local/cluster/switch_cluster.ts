import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { SwitchOver, SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";
import type { KeeperClient } from "./keeper_client.ts";
import type { ClusterKeepers } from "./view_cluster.ts";

/** What {@linkcode switchCluster} works with. */
export interface SwitchParts {
  clusterId: string;
  request: SwitchOverRequest;
  /** The one to ask first comes first. */
  keepers: ClusterKeepers;
  /** Told of each change of the switch-over's state, the first and the last among them. */
  onProgress?: (now: SwitchOver) => void;
  pause?: (ms: number) => Promise<void>;
  now?: () => number;
  /** Milliseconds after which it is given up to watch. */
  timeoutMs?: number;
}

const PAUSE_MS = 100;
const ENDED: readonly SwitchOver["state"][] = ["done", "refused", "failed"];

/**
 * Asks for a switch-over and watches it to its end. Keepers may go away meanwhile: whichever
 * answers is asked.
 * @returns its last state: `done`, `refused` or `failed`
 * @throws AntiphonError `unavailable` when no keeper takes it, `deadline_exceeded` when it does not
 * end, or what the keeper refused it with
 */
export async function switchCluster(parts: SwitchParts): Promise<SwitchOver> {
  const { clusterId, request, onProgress = () => {}, now = () => performance.now() } = parts;
  const pause = parts.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const end = now() + (parts.timeoutMs ?? 60_000);
  const { keeper, begun } = await begin(parts);
  let last = begun;
  onProgress(last);
  while (!ENDED.includes(last.state)) {
    if (now() > end) {
      throw new AntiphonError(
        "deadline_exceeded",
        `The switch-over of ${clusterId} to ${request.to} has not ended; it is ${last.state}`,
      );
    }
    await pause(PAUSE_MS);
    const next = await progress(clusterId, last.id, [
      keeper,
      ...parts.keepers.filter((other) => other !== keeper),
    ]);
    if (next && next.state !== last.state) onProgress(next);
    last = next ?? last;
  }
  return last;
}

/** Asks one keeper after the other; only one that does not answer makes way for the next. */
async function begin(
  { clusterId, request, keepers }: SwitchParts,
): Promise<{ keeper: KeeperClient; begun: SwitchOver }> {
  let away: unknown;
  for (const keeper of keepers) {
    try {
      return { keeper, begun: await keeper.switchOver(clusterId, request) };
    } catch (error) {
      if (!(error instanceof AntiphonError) || error.code !== "unavailable") throw error;
      away = error;
    }
  }
  throw away ?? new AntiphonError("unavailable", `There are no keepers of ${clusterId} to ask`);
}

async function progress(
  clusterId: string,
  id: string,
  keepers: ClusterKeepers,
): Promise<SwitchOver | undefined> {
  for (const keeper of keepers) {
    try {
      return await keeper.progress(clusterId, id);
    } catch (error) {
      // It may be away, or never have heard of it.
      if (!(error instanceof AntiphonError)) throw error;
    }
  }
  return undefined;
}
