import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { type RawBody, type Upcaster, UPCASTERS } from "./upcasters.ts";

/**
 * Brings a stored event to the present version. O(upcasters behind its version).
 * @throws AntiphonError `unavailable` for a version that this program does not know
 */
export function upcastEvent(
  version: number,
  body: RawBody,
  upcasters: readonly Upcaster[] = UPCASTERS,
): readonly RawBody[] {
  if (version > upcasters.length + 1 || version < 1) {
    throw new AntiphonError(
      "unavailable",
      `The log has events of version ${version}: run the program that wrote them, or a later one`,
    );
  }
  let bodies: readonly RawBody[] = [body];
  for (const upcaster of upcasters.slice(version - 1)) bodies = bodies.flatMap(upcaster);
  return bodies;
}
