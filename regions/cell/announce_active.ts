import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { passFence } from "../lease/fence.ts";
import type { Cell } from "./cell.ts";

/** An edge that does not answer within this time looks itself, in milliseconds. */
const TIMEOUT_MS = 5_000;

/**
 * Tells every edge that this cell is the cluster now, so that what waits there comes at once. Who
 * does not hear of it finds out by asking.
 *
 * @param notice Signed; null tells nobody.
 */
export async function announceActive(
  cell: Pick<Cell, "placement" | "options" | "token">,
  notice: Promise<string | null>,
): Promise<void> {
  const { options, placement } = cell;
  const body = JSON.stringify({ notice: await notice });
  if (await notice === null) return;
  await Promise.all([...placement.current.edges].map(async ([id, url]) => {
    try {
      const authorization = `Bearer ${await cell.token(`edge:${id}`)}`;
      const response = await fetch(new URL("/internal/cluster-notices", url), {
        method: "POST",
        headers: { ...passFence(options), authorization, "content-type": "application/json" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        body,
      });
      await response.body?.cancel();
      if (!response.ok) throw new AntiphonError("unavailable", `It answered ${response.status}`);
    } catch (error) {
      options.log.info("cell.not-announced", { edgeId: id, error });
    }
  }));
}
