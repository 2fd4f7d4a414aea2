import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CarrierMediaLeg } from "../carriers/accept_invite.ts";
import type { CallStream, MediaLegEvents } from "../calls/media_leg.ts";
import type { PopMedia } from "../process/pop_media.ts";
import { answerOffer } from "../sip/sdp/answer_offer.ts";
import { makeOffer } from "../sip/sdp/make_offer.ts";
import type { SoftphoneMedia } from "../softphone/softphone_media.ts";
import { FAKE_FIGURES, FakeMediaLeg } from "./fake_media.ts";

/** A carrier's leg that answers offers for real but has no audio. */
export class FakeCarrierLeg extends FakeMediaLeg implements CarrierMediaLeg {
  override readonly description: string;

  constructor(offer: string | undefined, hostname: string, events: MediaLegEvents) {
    super(events);
    const local = { address: hostname, port: 40_000, sessionId: "1", version: 1 };
    const answer = offer === undefined ? null : answerOffer(offer, local);
    if (answer?.ok === false) throw new AntiphonError("media_unavailable", "no common codec");
    this.description = answer?.sdp ?? makeOffer(local);
  }

  answered(): boolean {
    return true;
  }

  acknowledged(): boolean {
    return true;
  }
}

/** A media engine in memory; for tests of everything around it. */
export class FakePopMedia implements PopMedia {
  readonly legs: FakeCarrierLeg[] = [];
  closed = false;

  openCarrierLeg(
    offer: string | undefined,
    hostname: string,
    events: MediaLegEvents,
  ): Promise<CarrierMediaLeg> {
    const leg = new FakeCarrierLeg(offer, hostname, events);
    this.legs.push(leg);
    return Promise.resolve(leg);
  }

  openSoftphone(): SoftphoneMedia {
    return {
      routerCapabilities: () => ({ codecs: [] }),
      createTransport: (direction) => ({ id: direction }),
      connectTransport: () => {},
      produce: () => ({ id: "microphone" }),
      consume: () => ({ id: "loudspeaker" }),
      setPaused: () => {},
      sendDigits: () => {},
      openLeg: () => ({
        codec: "PCMU",
        audio: "softphone",
        ringback: () => {},
        close: () => Promise.resolve(FAKE_FIGURES),
      }),
      close: () => {},
    };
  }

  openStream(): CallStream {
    return { audio: "bot", digit: () => {}, close: () => {} };
  }

  count(): void {}

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
