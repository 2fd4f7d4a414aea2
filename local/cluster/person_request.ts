import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { DemoTenant } from "../seed/demo_tenant.ts";

/** The edge goes on trying for a person for some seconds while a cluster moves. */
const REQUEST_MS = 8000;

/**
 * Signs a demo person on; gives a request of theirs that only the active cell can answer, sent as a
 * browser sends it.
 * @throws AntiphonError `unavailable` when nobody can sign on now
 */
export async function personRequest(
  edgeUrl: string,
  demo: DemoTenant,
): Promise<() => Promise<boolean>> {
  const { username, password } = demo.agents[1] ?? demo.agents[0];
  const signal = () => AbortSignal.timeout(REQUEST_MS);
  const response = await fetch(`${edgeUrl}/v1/sign-on`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tenant: demo.slug, username, password }),
    signal: signal(),
  }).catch((cause) => {
    throw new AntiphonError("unavailable", `The edge at ${edgeUrl} does not answer`, { cause });
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new AntiphonError("unavailable", `${username} cannot sign on (${response.status})`);
  }
  const { accessToken } = z.object({ accessToken: z.string() }).parse(await response.json());
  return async () => {
    try {
      const answer = await fetch(`${edgeUrl}/v1/interactions?limit=1`, {
        headers: { authorization: `Bearer ${accessToken}` },
        signal: signal(),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  };
}
