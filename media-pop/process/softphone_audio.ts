import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { AgentLeg } from "../calls/media_leg.ts";
import type { AgentLeg as EngineLeg } from "../media/engine/agent_leg.ts";
import type { MediaEngine } from "../media/engine/media_engine.ts";
import type { Prompt } from "../media/prompts/prompt.ts";
import { ROUTER_RTP_CAPABILITIES } from "../media/webrtc/router_rtp_capabilities.ts";
import type {
  BrowserDtls,
  Json,
  SoftphoneMedia,
  SoftphoneMediaEvents,
} from "../softphone/softphone_media.ts";
import { legFigures } from "./leg_figures.ts";

/** A softphone's media on the engine. The wire's ids are UUIDs; the engine's are its own. */
export class SoftphoneAudio implements SoftphoneMedia {
  readonly #engine: MediaEngine;
  readonly #leg: EngineLeg;
  readonly #ringback: Prompt;
  /** Transports and producers: the wire's id to the engine's. */
  readonly #ids = new Map<string, string>();
  readonly #connected = new Set<string>();

  /** @throws AntiphonError `media_unavailable` */
  constructor(engine: MediaEngine, events: SoftphoneMediaEvents, ringback: Prompt) {
    this.#engine = engine;
    this.#ringback = ringback;
    this.#leg = engine.createAgentLeg();
    this.#leg.onMediaTimeout(() => events.silent());
    this.#leg.onTransport((event) => {
      const { transportId } = event;
      if (event.state === "connected") {
        this.#connected.add(transportId);
        return;
      }
      const wasConnected = this.#connected.delete(transportId);
      const known = [...this.#ids].find(([, id]) => id === transportId)?.[0];
      if (known === undefined) return;
      this.#ids.delete(known);
      // "closed" is our own doing: the browser made another transport instead.
      if (event.reason !== "closed") events.transportLost(known, wasConnected);
    });
  }

  routerCapabilities(): Json {
    return ROUTER_RTP_CAPABILITIES;
  }

  createTransport(direction: "send" | "recv"): Json {
    const parameters = this.#leg.createTransport(direction);
    return { ...parameters, id: this.#name(parameters.id) };
  }

  connectTransport(transportId: string, dtls: BrowserDtls): void {
    this.#leg.connectTransport(this.#id(transportId, "transport"), dtls);
  }

  produce(transportId: string, rtpParameters: Json): { id: string } {
    const request = { kind: "audio", rtpParameters };
    const { id } = this.#leg.produce(this.#id(transportId, "transport"), request);
    return { id: this.#name(id) };
  }

  consume(transportId: string, _rtpCapabilities: Json): Json {
    return { ...this.#leg.consume(this.#id(transportId, "transport")) };
  }

  setPaused(producerId: string, paused: boolean): void {
    this.#leg.pauseProducer(this.#id(producerId, "producer"), paused);
  }

  sendDigits(digits: string): void {
    const { peer } = this.#leg;
    if (!peer) throw new AntiphonError("state_not_allowed", "There is no call to send digits to");
    if (!peer.sendDigits(digits)) {
      throw new AntiphonError("state_not_allowed", "The caller's side takes no digits");
    }
  }

  openLeg(): AgentLeg {
    const before = this.#leg.stats();
    return {
      codec: this.#leg.codec.name,
      audio: this.#leg,
      ringback: () => this.#leg.setHoldAudio(this.#ringback),
      close: () => {
        this.#leg.setHoldAudio(undefined);
        this.#engine.unbridge(this.#leg);
        return Promise.resolve(legFigures(this.#leg.stats(), before));
      },
    };
  }

  close(): void {
    this.#leg.close();
  }

  #name(id: string): string {
    const name = crypto.randomUUID();
    this.#ids.set(name, id);
    return name;
  }

  #id(name: string, what: string): string {
    const id = this.#ids.get(name);
    if (id === undefined) {
      throw new AntiphonError("unknown_entity", `There is no such ${what}; make a new one`);
    }
    return id;
  }
}
