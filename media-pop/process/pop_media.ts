import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { MediaLegEvents, OpenStream } from "../calls/media_leg.ts";
import type { CarrierMediaLeg } from "../carriers/accept_invite.ts";
import type { OpenSoftphoneMedia } from "../softphone/softphone_media.ts";
import type { PopEnvironment } from "./pop_environment.ts";

/** The media engine as the PoP uses it. */
export interface PopMedia {
  /**
   * Opens a carrier's leg for an offer, or one that makes the offer when there is none.
   * @param hostname local address to receive at
   * @throws AntiphonError `media_unavailable`
   */
  openCarrierLeg(
    offer: string | undefined,
    hostname: string,
    events: MediaLegEvents,
  ): Promise<CarrierMediaLeg>;
  openSoftphone: OpenSoftphoneMedia;
  /** Connects calls to bots. */
  openStream: OpenStream;
  /** Brings the media counters up to date before they are rendered. */
  count(): void;
  close(): Promise<void>;
}

/** Opens the media engine. @throws AntiphonError `address_in_use` or `configuration_invalid` */
export type OpenPopMedia = (
  environment: PopEnvironment,
  counters: Counters,
  log: Logger,
) => Promise<PopMedia>;
