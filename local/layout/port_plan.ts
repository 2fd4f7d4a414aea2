import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Ports of a PoP. The RTP range is inclusive. */
export interface PopPorts {
  http: number;
  sip: number;
  webrtc: number;
  rtp: readonly [number, number];
}

/** Every port of the platform on one machine. */
export interface PortPlan {
  controlPlane: number;
  postgres: Readonly<Record<"control-plane" | "E39" | "C14", number>>;
  cells: Readonly<Record<"E39" | "C14", number>>;
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
    postgres: { "control-plane": base + 1, E39: base + 2, C14: base + 3 },
    cells: { E39: base + 10, C14: base + 20 },
    pops: {
      FRA: { http: base + 30, sip: base + 60, webrtc: base + 70, rtp: [base + 1000, base + 1199] },
      NYC: { http: base + 40, sip: base + 62, webrtc: base + 71, rtp: [base + 1400, base + 1599] },
    },
    edge: base + 80,
    console: base + 90,
  };
}
