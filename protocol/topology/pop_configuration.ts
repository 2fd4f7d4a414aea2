import { z } from "zod";
import { ClusterId, DnsName, PhoneNumber, PopId, RegionId, Uuid } from "../ids/names.ts";
import { ServiceKey } from "../service_token/service_key.ts";
import { ClusterAddress, TenantPlacement } from "./service_addresses.ts";

/** Where calls of a trunk go out to. */
export const TrunkDestination = z.object({
  /** An IP address, or a name whose addresses are looked up for each call. */
  host: z.union([z.ipv4(), z.ipv6(), DnsName]),
  port: z.number().int().min(1).max(65_535).default(5060),
  transport: z.enum(["udp", "tcp"]),
});
export type TrunkDestination = z.infer<typeof TrunkDestination>;

/** A carrier's or customer's trunk into one PoP. */
export const Trunk = z.object({
  id: Uuid,
  name: z.string(),
  popId: PopId,
  /** Null: a carrier's trunk that serves every tenant. */
  tenantId: Uuid.nullable(),
  /** Whose trunk it is. */
  partnerId: Uuid.optional(),
  /** Source addresses and prefixes allowed in ("203.0.113.7", "203.0.113.0/24", "2001:db8::/48"). */
  sources: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).min(1).max(256),
  /** Calls in both directions that may stand at once. */
  maxCalls: z.number().int().min(1).max(100_000),
  maxCallsPerSecond: z.number().int().min(1).max(10_000),
  /** Where outgoing calls go, tried in order. None: the trunk takes no outgoing calls. */
  destinations: z.array(TrunkDestination).max(16).default([]),
});
export type Trunk = z.infer<typeof Trunk>;

/**
 * All that a PoP must know, whole, as one snapshot. It keeps the last one on disk and works on it
 * while the control plane is away. Answer of `GET /internal/pops/{popId}/configuration`, with an
 * ETag equal to `version`.
 */
export const PopConfiguration = z.object({
  version: z.string(),
  pop: z.object({ id: PopId, name: z.string(), region: RegionId }),
  clusters: z.array(ClusterAddress),
  /** `partnerId` says whose trunks a tenant's calls may go out by. */
  tenants: z.array(TenantPlacement.extend({ partnerId: Uuid.optional() })),
  numbers: z.array(z.object({ number: PhoneNumber, tenantId: Uuid, clusterId: ClusterId })),
  trunks: z.array(Trunk),
  keys: z.array(ServiceKey),
});
export type PopConfiguration = z.infer<typeof PopConfiguration>;
