import { z } from "zod";
import { ClusterId, PopId, RegionId, Slug, Uuid } from "../ids/names.ts";

/** A cluster and where its cell may answer: the home first, then the standby. */
export const ClusterAddress = z.object({
  id: ClusterId,
  homeRegion: RegionId,
  standbyRegion: RegionId.nullable(),
  urls: z.array(z.url()).min(1).max(4),
});
export type ClusterAddress = z.infer<typeof ClusterAddress>;

/** A PoP and its addresses as others see them. */
export const PopAddress = z.object({
  id: PopId,
  name: z.string(),
  region: RegionId,
  /** HTTP origin: softphone signalling and metrics. */
  url: z.url(),
  /** "udp:host:port", "tcp:host:port" where carriers send calls. */
  sip: z.array(z.string()),
});
export type PopAddress = z.infer<typeof PopAddress>;

/** The edge as cells reach it. */
export const EdgeAddress = z.object({ id: z.string().min(1).max(32), url: z.url() });
export type EdgeAddress = z.infer<typeof EdgeAddress>;

/** Which tenant lives where. */
export const TenantPlacement = z.object({
  id: Uuid,
  slug: Slug,
  name: z.string(),
  clusterId: ClusterId,
  status: z.enum(["active", "suspended"]),
});
export type TenantPlacement = z.infer<typeof TenantPlacement>;
