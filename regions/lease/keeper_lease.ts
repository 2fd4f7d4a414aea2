import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";
import type { LeaseSource } from "./lease_source.ts";

/** What {@linkcode keeperLease} works with. */
export interface KeeperLeasePorts {
  /** Origin of the keeper beside this cell. */
  url: string;
  clusterId: string;
  site: string;
  /** Makes this cell's service token for an audience. */
  token: (audience: string) => Promise<string>;
  fetch?: typeof fetch;
}

/** The keeper is beside the cell: it answers within this many milliseconds, or not at all. */
const TIMEOUT_MS = 500;

/** The lease as the keeper of this site knows it. */
export function keeperLease(
  { url, clusterId, site, token, fetch: ask = fetch }: KeeperLeasePorts,
): LeaseSource {
  const address = new URL(`/v1/clusters/${clusterId}/lease`, url);
  return {
    async ask() {
      const authorization = `Bearer ${await token(`keeper:${site}`)}`;
      const response = await ask(address, {
        headers: { authorization },
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      if (!response.ok) {
        throw new AntiphonError("unavailable", `The keeper answered ${response.status}`);
      }
      const answer = LeaseAnswer.parse(body);
      if (answer.clusterId === clusterId && answer.site === site) return answer;
      throw new AntiphonError(
        "configuration_invalid",
        `The keeper answers for ${answer.clusterId} at ${answer.site}: check LEASE and SITE`,
      );
    },
  };
}
