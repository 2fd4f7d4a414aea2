import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";
import type { PlacementView } from "./placement_view.ts";

/** What {@linkcode verifyCaller} needs of its cell. */
export interface VerifyCallerPorts {
  clusterId: string;
  placement: PlacementView;
  /** Epoch ms. */
  now: () => number;
}

/**
 * Verifies a caller's service token, meant for this cluster's cell, and returns the service's name;
 * new keys are looked up once before it is refused.
 * @throws AntiphonError `unauthenticated` or `token_expired`
 */
export async function verifyCaller(
  token: string,
  kinds: readonly string[],
  { clusterId, placement, now }: VerifyCallerPorts,
): Promise<string> {
  const expected = () => ({
    keys: placement.current.keys,
    audience: `cell:${clusterId}`,
    ...{ kinds, now },
  });
  try {
    return await verifyServiceToken(token, expected());
  } catch {
    await placement.refresh();
    return await verifyServiceToken(token, expected());
  }
}
