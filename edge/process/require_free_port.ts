import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { pause } from "./pause.ts";

const LOOK_MS = 20;

/**
 * Checks that a port can be listened on; workerd would only say so in its log.
 * @param patienceMs how long a taken port may stay taken: a killed process gives its sockets back
 * only when its last thread has ended
 * @throws AntiphonError `address_in_use`, `configuration_invalid` for a host that is not here
 */
export async function requireFreePort(
  hostname: string,
  port: number,
  patienceMs = 0,
): Promise<void> {
  for (const until = Date.now() + patienceMs;; await pause(LOOK_MS)) {
    const problem = tryListen(hostname, port);
    if (problem === null) return;
    if (problem.code !== "address_in_use" || Date.now() >= until) throw problem;
  }
}

function tryListen(hostname: string, port: number): AntiphonError | null {
  try {
    Deno.listen({ hostname, port }).close();
    return null;
  } catch (cause) {
    const [code, message] = cause instanceof Deno.errors.AddrInUse
      ? ["address_in_use", `Port ${port} is taken: stop what uses it or set PORT`] as const
      : ["configuration_invalid", `HOSTNAME ${hostname} cannot be listened on`] as const;
    return new AntiphonError(code, message, { cause });
  }
}
