import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { BLeg, MediaLegEvents, Renegotiation } from "../calls/media_leg.ts";
import type { CarrierMediaLeg } from "../carriers/accept_invite.ts";
import { staticCodecs } from "../carriers/static_codecs.ts";
import type { CarrierLeg } from "../media/engine/carrier_leg.ts";
import type { MediaEngine } from "../media/engine/media_engine.ts";
import type { MediaLeg as EngineLeg } from "../media/engine/media_leg.ts";
import type { Prompt } from "../media/prompts/prompt.ts";
import { answerAgain } from "../sip/sdp/answer_again.ts";
import { answerOffer, type OfferAnswer } from "../sip/sdp/answer_offer.ts";
import type { AudioCodec } from "../sip/sdp/audio_description.ts";
import { makeOffer } from "../sip/sdp/make_offer.ts";
import { readSession } from "../sip/sdp/read_session.ts";
import { legFigures } from "./leg_figures.ts";

/** What a carrier's leg is opened with. */
export interface CarrierMediaOptions {
  engine: MediaEngine;
  /** Address to receive at. */
  hostname: string;
  /** Address to write into session descriptions. */
  advertised: string;
  /** The INVITE's offer; undefined if it asks for ours. */
  offer: string | undefined;
  events: MediaLegEvents;
}

/** The law whose tables and payload type are used when the other side has no wish. */
const FIRST: AudioCodec = "PCMA";

/** A carrier's leg: session descriptions on one side, the media engine's leg on the other. */
export class CarrierMedia implements CarrierMediaLeg {
  readonly #options: CarrierMediaOptions;
  readonly #leg: CarrierLeg;
  #description: string;
  #codec: AudioCodec = FIRST;
  /** Our offer waits for its answer in an ACK. */
  #offering = false;

  /** @throws AntiphonError `media_unavailable` when no port is free or the offer cannot be met */
  constructor(options: CarrierMediaOptions) {
    const { engine, hostname, advertised, offer, events } = options;
    this.#options = options;
    const codecs = offer === undefined ? [FIRST] : codecsOf(offer);
    this.#leg = engine.createCarrierLeg({ localAddress: hostname, codec: codecs[0] ?? FIRST });
    const local = {
      address: advertised,
      port: this.#leg.localPort,
      sessionId: String(Date.now()),
      version: 1,
    };
    try {
      if (offer === undefined) {
        this.#offering = true;
        this.#description = makeOffer({ ...local, codecs: ["PCMA", "PCMU"] });
      } else {
        const answer = answerOffer(offer, { ...local, codecs });
        if (!answer.ok) throw new AntiphonError("media_unavailable", "The offer cannot be met");
        this.#description = answer.sdp;
        this.#apply(answer);
      }
    } catch (error) {
      this.#leg.close();
      throw error;
    }
    this.#leg.onDigit((digit) => events.digit(digit));
    this.#leg.onMediaTimeout(() => events.timeout());
  }

  get codec(): string {
    return this.#codec;
  }

  get audio(): EngineLeg {
    return this.#leg;
  }

  get description(): string {
    return this.#description;
  }

  acknowledged(sdp: string | undefined): boolean {
    if (!this.#offering) return true;
    this.#offering = false;
    return sdp !== undefined && this.#takeAnswer(sdp);
  }

  answered(sdp: string): boolean {
    this.#offering = false;
    return this.#takeAnswer(sdp);
  }

  #takeAnswer(sdp: string): boolean {
    const session = readSession(sdp);
    if (!session.ok) return false;
    const { audio } = session.description;
    const [codec] = staticCodecs(audio);
    if (!codec) return false;
    const narrowed = audio.direction === "sendonly"
      ? "recvonly"
      : audio.direction === "recvonly"
      ? "sendonly"
      : audio.direction;
    const { telephoneEvent } = audio;
    this.#apply({ codec, remote: audio, direction: narrowed, telephoneEvent });
    return true;
  }

  renegotiate(offer: string | null): Renegotiation | null {
    if (offer === null) {
      this.#offering = true;
      return { answer: this.#description, held: false };
    }
    const text = answerAgain(this.#description, offer);
    if (text === undefined) return null;
    const codecs = codecsOf(text).filter((codec) => codecsOf(offer).includes(codec));
    const { advertised: address } = this.#options;
    const local = { address, port: this.#leg.localPort, sessionId: "0", version: 0, codecs };
    const answer = answerOffer(offer, local);
    if (!answer.ok) return null;
    this.#description = text;
    this.#apply(answer);
    const held = answer.direction === "recvonly" || answer.direction === "inactive";
    return { answer: text, held };
  }

  play(prompts: readonly Prompt[], loop: boolean, done: () => void): void {
    this.#leg.play(prompts, { loop }).then(({ end }) => {
      if (end === "completed") done();
    });
  }

  stop(): void {
    this.#leg.stopPlay();
  }

  bridge(bLeg: Pick<BLeg, "audio">): void {
    this.#options.engine.bridge(this.#leg, bLeg.audio as EngineLeg);
  }

  close(): Promise<LegMedia> {
    const figures = legFigures(this.#leg.stats());
    this.#leg.close();
    return Promise.resolve(figures);
  }

  #apply(
    settled: Pick<OfferAnswer & { ok: true }, "codec" | "remote" | "direction" | "telephoneEvent">,
  ): void {
    const { codec, remote, direction, telephoneEvent } = settled;
    this.#codec = codec;
    this.#leg.setRemote({
      address: remote.address,
      port: remote.port,
      codec,
      direction,
      telephoneEvent: telephoneEvent !== undefined && telephoneEvent >= 96 ? telephoneEvent : null,
    });
  }
}

function codecsOf(offer: string): AudioCodec[] {
  const session = readSession(offer);
  return session.ok ? staticCodecs(session.description.audio) : [];
}
