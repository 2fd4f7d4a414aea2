import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { pause } from "./pause.ts";

/** How long the first configuration may take when none is stored. */
const READY_MS = 120_000;
const POLL_MS = 100;

/**
 * Waits until the worker says that it has a configuration, be it a stored one.
 * @param signal ends the waiting
 * @throws AntiphonError `unavailable` when none came in time, or the waiting was ended
 */
export async function untilConfigured(
  healthUrl: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const until = Date.now() + READY_MS;
  for (let asked = 0; Date.now() < until && !signal.aborted; asked++) {
    const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(10_000) })
      .catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (asked % 50 === 10) log.warn("edge.waiting_for_configuration");
    await pause(POLL_MS, signal);
  }
  throw new AntiphonError("unavailable", "The control plane gave no configuration: is it up?");
}
