import type { Transaction } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Trunk } from "../../protocol/topology/pop_configuration.ts";
import type { Change } from "../changes/change.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { fieldProblem } from "../http/field_problem.ts";
import { partnerOf } from "../partners/partner_of.ts";
import { tenantById } from "../tenants/tenant_rows.ts";
import type { Principal } from "../tokens/principal.ts";
import { checkDestinations } from "./check_destinations.ts";
import { type BadSource, checkSources } from "./check_sources.ts";
import type { NewTrunk } from "./new_trunk.ts";

/**
 * Makes a trunk into a PoP.
 * @throws AntiphonError `invalid_request` naming fields, `not_found` for a tenant that is not the
 *   partner's, `conflict` for a source that another partner has
 */
export async function createTrunk(
  { newId }: ControlPlaneContext,
  tx: Transaction<ControlTables>,
  principal: Principal,
  wanted: NewTrunk,
): Promise<Change<Trunk>> {
  const partnerId = await partnerOf(tx, principal, wanted.partnerId);
  const { name, popId, tenantId = null, sources, maxCalls, maxCallsPerSecond } = wanted;
  const { destinations } = wanted;
  const unfit = checkDestinations(destinations);
  if (unfit.length > 0) throw fieldProblem(...unfit);
  // Locked, so that trunks into one PoP are made one after the other.
  const pop = await tx.selectFrom("cfg.pops").select("id").where("id", "=", popId)
    .forUpdate().executeTakeFirst();
  if (!pop) throw fieldProblem({ path: "popId", message: "No such PoP is deployed" });
  if (tenantId !== null) await ownTenant(tx, principal, tenantId, partnerId);
  const neighbours = await tx.selectFrom("cfg.trunks").select(["partner_id", "sources"])
    .where("pop_id", "=", popId).execute();
  const found = checkSources(
    sources,
    { operator: principal.kind === "operator", partnerId },
    neighbours.map((trunk) => ({ partnerId: trunk.partner_id, sources: trunk.sources })),
  );
  refuse(found);
  const limits = { maxCalls, maxCallsPerSecond };
  const trunk = { id: newId(), name, popId, tenantId, sources, ...limits, destinations };
  await tx.insertInto("cfg.trunks").values({
    id: trunk.id,
    name,
    partner_id: partnerId,
    pop_id: popId,
    tenant_id: tenantId,
    sources,
    max_calls: maxCalls,
    max_calls_per_second: maxCallsPerSecond,
    destinations,
  }).execute();
  const data = { popId, tenantId };
  return { action: "trunk.created", subject: trunk.id, partnerId, data, answer: trunk };
}

async function ownTenant(
  tx: Transaction<ControlTables>,
  principal: Principal,
  tenantId: string,
  partnerId: string,
): Promise<void> {
  const owned = await tenantById(tx, principal, tenantId);
  if (owned.partnerId === partnerId) return;
  throw fieldProblem({ path: "tenantId", message: "The tenant is another partner's" });
}

function refuse(found: BadSource[]): void {
  const fields = found.map(({ path, message }) => ({ path, message }));
  if (found.some(({ taken }) => !taken)) throw fieldProblem(...fields);
  if (fields.length === 0) return;
  throw new AntiphonError("conflict", "Another trunk at this PoP has one of these sources", {
    data: { field: "sources", fields },
  });
}
