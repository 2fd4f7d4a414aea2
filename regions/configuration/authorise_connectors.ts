import { isDeepStrictEqual } from "node:util";
import type { Connector } from "../../protocol/configuration/connector.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";

/**
 * Notes who authorised which connector when. An authorisation is of what the connector may do: one
 * whose address, authentication, headers, methods or paths change is authorised anew by whoever
 * changes it. What a document says of this itself does not count.
 *
 * @param document Without secrets.
 * @param by A person's id, or a service's name.
 * @param at Epoch ms.
 */
export function authoriseConnectors(
  document: TenantConfiguration,
  before: TenantConfiguration,
  by: string,
  at: number,
): TenantConfiguration {
  if (document.connectors.length === 0) return document;
  const known = new Map(before.connectors.map((connector) => [connector.id, connector]));
  const connectors = document.connectors.map((connector) => {
    const old = known.get(connector.id);
    const stamps = !connector.authorised
      ? {}
      : old?.authorised && isDeepStrictEqual(reachOf(old), reachOf(connector))
      ? stampsOf(old)
      : { authorisedBy: by, authorisedAt: at };
    if (isDeepStrictEqual(stampsOf(connector), stamps)) return connector;
    const { authorisedBy: _, authorisedAt: __, ...rest } = connector;
    return { ...rest, ...stamps };
  });
  return { ...document, connectors };
}

function reachOf(
  { baseUrl, authentication, headers, methods, paths, sensitiveVariables }: Connector,
) {
  return { baseUrl, authentication, headers, methods, paths, sensitiveVariables };
}

function stampsOf({ authorisedBy, authorisedAt }: Connector) {
  return authorisedBy === undefined ? {} : { authorisedBy, authorisedAt };
}
