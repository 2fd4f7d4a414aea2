import type { CellSignOnGrant, SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";
import type { TenantPlacement } from "../../../protocol/topology/service_addresses.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import { nearestPop } from "./nearest_pop.ts";

/**
 * What the browser is told of a grant. `softphoneUrl` is the nearest PoP's, and empty where no PoP
 * is deployed: there are no calls then.
 */
export function signOnAnswer(
  grant: CellSignOnGrant,
  tenant: TenantPlacement,
  index: ConfigurationIndex,
  continent?: string,
): SignOnAnswer {
  const { homeRegion } = index.clusterOf(tenant.id);
  const pop = nearestPop(index.configuration.pops, homeRegion, continent);
  return {
    accessToken: grant.accessToken,
    expiresIn: grant.expiresIn,
    agent: grant.agent,
    tenantId: tenant.id,
    tenantName: tenant.name,
    softphoneUrl: pop ? new URL("/softphone", pop.url.replace(/^http/, "ws")).href : "",
  };
}
