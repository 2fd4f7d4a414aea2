import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { MediaLegEvents } from "../calls/media_leg.ts";
import type { Directory } from "../configuration/directory.ts";
import type { SipEndpoint } from "../sip/sip_endpoint.ts";
import type { TrunkUsage } from "../trunks/trunk_usage.ts";
import type { CarrierMediaLeg } from "./accept_invite.ts";

/** What dialling out needs. */
export interface DialParts {
  directory: () => Directory;
  usage: TrunkUsage;
  sip: Pick<SipEndpoint, "listeners" | "invite">;
  /** Opens media that makes the offer, at a local address. */
  openMedia: (hostname: string, events: MediaLegEvents) => Promise<CarrierMediaLeg>;
  /** The addresses of a name, in time. */
  resolve: (name: string) => Promise<readonly string[]>;
  now: () => number;
  log: Logger;
  counters: Counters;
}
