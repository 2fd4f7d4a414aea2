import { randomBytes } from "node:crypto";
import { MediaEngine } from "../media/engine/media_engine.ts";
import { Prompt } from "../media/prompts/prompt.ts";
import { ringbackTone } from "../media/prompts/ringback_tone.ts";
import { CarrierMedia } from "./carrier_media.ts";
import { BotStream, type StreamParts } from "../streams/bot_stream.ts";
import type { OpenPopMedia } from "./pop_media.ts";
import { resolveName } from "./resolve_name.ts";
import { SoftphoneAudio } from "./softphone_audio.ts";

/** What an agent hears while a number is called for them. */
const RINGBACK = new Prompt("ringback-eu", ringbackTone("eu"));

const mask = new Uint32Array(1);

/** Opens the media engine on the environment's ports. */
// deno-lint-ignore require-await -- what the constructor throws must become a rejection
export const openPopMedia: OpenPopMedia = async (environment, counters, log) => {
  const { RTP_PORTS, WEBRTC_LISTEN, ADVERTISED_ADDRESS } = environment;
  const engine = new MediaEngine({
    rtpPorts: RTP_PORTS,
    webrtc: { listen: WEBRTC_LISTEN, announced: ADVERTISED_ADDRESS },
    counters,
    log,
  });
  const streams: StreamParts = {
    egress: { allow: environment.EGRESS_ALLOW, resolve: resolveName },
    openLeg: (listener) => engine.createStreamLeg(listener),
    random: (size) => new Uint8Array(randomBytes(size)),
    random32: () => crypto.getRandomValues(mask)[0],
    now: () => performance.now(),
    log,
  };
  return {
    // deno-lint-ignore require-await -- what the constructor throws must become a rejection
    openCarrierLeg: async (offer, hostname, events) => {
      const advertised = ADVERTISED_ADDRESS ?? hostname;
      return new CarrierMedia({ engine, hostname, advertised, offer, events });
    },
    openSoftphone: (events) => new SoftphoneAudio(engine, events, RINGBACK),
    openStream: (wanted, tell) => new BotStream(wanted, tell, streams),
    count: () => engine.exportCounters(),
    close: () => Promise.resolve(engine.close()),
  };
};
