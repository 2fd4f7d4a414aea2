import { lookup } from "node:dns/promises";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** How long a look-up may take, in milliseconds: it is part of the ringing. */
const PATIENCE = 2_000;

/**
 * The addresses of a host's name, in the system's order, within two seconds.
 * @throws AntiphonError `unavailable` when it takes longer, or what the system throws
 */
export async function resolveName(name: string): Promise<string[]> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => limit.reject(new AntiphonError("unavailable", "The name server did not answer in time")),
    PATIENCE,
  );
  try {
    const found = await Promise.race([lookup(name, { all: true }), limit.promise]);
    return found.map(({ address }) => address);
  } finally {
    clearTimeout(timer);
  }
}
