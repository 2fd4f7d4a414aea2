import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ClusterName } from "./clusters.ts";
import type { DataSite, SiteName } from "./sites.ts";

/** Ports of a PoP. The RTP range is inclusive. */
export interface PopPorts {
  http: number;
  sip: number;
  webrtc: number;
  rtp: readonly [number, number];
}

/** A port for each site that keeps a cluster. */
export type ClusterPorts = Readonly<Record<ClusterName, Readonly<Record<DataSite, number>>>>;

/** Every port of the platform on one machine; no two are the same, whatever site they are of. */
export interface PortPlan {
  controlPlane: number;
  /** Of the control plane's own PostgreSQL. */
  controlPostgres: number;
  postgres: ClusterPorts;
  cells: ClusterPorts;
  keepers: Readonly<Record<SiteName, number>>;
  pops: Readonly<Record<"FRA" | "NYC", PopPorts>>;
  edge: number;
  console: number;
}

/**
 * Lays out the ports from a base up. The base is the control plane's.
 * @throws AntiphonError `configuration_invalid` when the ports would not fit
 */
export function portPlan(base: number): PortPlan {
  if (!Number.isInteger(base) || base < 1024 || base > 63_900) {
    throw new AntiphonError(
      "configuration_invalid",
      `--port-base ${base} does not fit: give a whole number from 1024 to 63900`,
    );
  }
  return {
    controlPlane: base,
    controlPostgres: base + 1,
    postgres: {
      E39: { "eu-central": base + 2, "us-east": base + 4 },
      C14: { "us-east": base + 3, "eu-central": base + 5 },
    },
    cells: {
      E39: { "eu-central": base + 10, "us-east": base + 11 },
      C14: { "us-east": base + 20, "eu-central": base + 21 },
    },
    keepers: { "eu-central": base + 50, "us-east": base + 51, control: base + 52 },
    pops: {
      FRA: { http: base + 30, sip: base + 60, webrtc: base + 70, rtp: [base + 1000, base + 1199] },
      NYC: { http: base + 40, sip: base + 62, webrtc: base + 71, rtp: [base + 1400, base + 1599] },
    },
    edge: base + 80,
    console: base + 90,
  };
}
