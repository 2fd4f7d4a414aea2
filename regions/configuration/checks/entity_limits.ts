import type { z } from "zod";
import {
  ENTITY_KINDS,
  LISTED_KINDS,
  type ListedKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";

/** How many entities of each kind a tenant may have: what the document's schema says. */
export const ENTITY_LIMITS = Object.fromEntries(
  LISTED_KINDS.map((kind) => [kind, limitOf(TenantConfiguration.shape[ENTITY_KINDS[kind].key])]),
) as Readonly<Record<ListedKind, number>>;

function limitOf(schema: z.core.$ZodType): number {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "default") return limitOf(def.innerType);
  const checks = (def.checks ?? []).map((check) => check._zod.def);
  return Math.min(
    ...checks.map((check) =>
      check.check === "max_length" ? (check as z.core.$ZodCheckMaxLengthDef).maximum : Infinity
    ),
  );
}
