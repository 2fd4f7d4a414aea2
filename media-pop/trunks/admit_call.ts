import type { Trunk } from "../../protocol/topology/pop_configuration.ts";
import type { Directory } from "../configuration/directory.ts";
import { readCalledNumber } from "./read_called_number.ts";
import type { RefusalReason } from "./refusal.ts";
import type { TrunkUsage } from "./trunk_usage.ts";

/** What of a new INVITE decides whether it may come in. */
export interface CallRequest {
  /** Source address of the packet or connection. */
  source: string;
  /** User part of the request URI. */
  calledUser: string;
  /** Whether the offer has a codec and transport that the PoP speaks. */
  hasCommonCodec: boolean;
}

/** A call let in: counted on its trunk until `TrunkUsage.end`. */
export interface AdmittedCall {
  admitted: true;
  trunk: Trunk;
  number: string;
  tenantId: string;
  clusterId: string;
}

/** A call not let in. `trunkId` is null for an unknown source. */
export interface RefusedCall {
  admitted: false;
  reason: RefusalReason;
  trunkId: string | null;
}

/**
 * Decides on a new call: source address to trunk, number to tenant, trunk's limits, codec. Of
 * several trunks with the same source the one bound to the number's tenant is taken first.
 * A refused call counts on no trunk.
 */
export function admitCall(
  request: CallRequest,
  directory: Directory,
  usage: TrunkUsage,
  now: number,
): AdmittedCall | RefusedCall {
  const trunks = directory.trunksOf(request.source);
  if (trunks.length === 0) return refuse("unknown_source", null);
  const number = readCalledNumber(request.calledUser, (n) => directory.hasNumber(n));
  const tenant = number === null ? undefined : directory.tenantOfNumber(number);
  if (number === null || !tenant) return refuse("unknown_number", trunks[0].id);
  const trunk = trunks.find((t) => t.tenantId === tenant.id) ??
    trunks.find((t) => t.tenantId === null);
  if (!trunk) return refuse("other_tenant", trunks[0].id);
  if (tenant.status === "suspended") return refuse("tenant_suspended", trunk.id);
  if (!request.hasCommonCodec) return refuse("no_common_codec", trunk.id);
  const full = usage.start(trunk, now);
  if (full) return refuse(full, trunk.id);
  return { admitted: true, trunk, number, tenantId: tenant.id, clusterId: tenant.clusterId };
}

function refuse(reason: RefusalReason, trunkId: string | null): RefusedCall {
  return { admitted: false, reason, trunkId };
}
