import { numbersOf } from "../../protocol/configuration/entry_point.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";

/** What a tenant has been given. */
export interface TenantHoldings {
  numbers: ReadonlySet<string>;
  assetIds: ReadonlySet<string>;
}

/**
 * Finds what a configuration uses but the tenant does not have: numbers and digital assets. All
 * else is for the cell to check.
 *
 * @returns One entry per place, with its JSON path.
 */
export function checkReferences(
  configuration: TenantConfiguration,
  holdings: TenantHoldings,
): { path: string; message: string }[] {
  const { entryPoints, assetSenders } = configuration;
  return [
    ...entryPoints.flatMap((entry, i) => {
      if (entry.channel === "voice") {
        return numbersOf(entry).flatMap((number, j) => {
          const path = j === 0 ? "number" : `otherNumbers.${j - 1}`;
          const message = "The tenant has no such number";
          return holdings.numbers.has(number)
            ? []
            : [{ path: `entryPoints.${i}.${path}`, message }];
        });
      }
      return holdings.assetIds.has(entry.assetId)
        ? []
        : [{ path: `entryPoints.${i}.assetId`, message: "The tenant has no such asset" }];
    }),
    ...assetSenders.flatMap((sender, i) =>
      holdings.assetIds.has(sender.assetId)
        ? []
        : [{ path: `assetSenders.${i}.assetId`, message: "The tenant has no such asset" }]
    ),
  ];
}
