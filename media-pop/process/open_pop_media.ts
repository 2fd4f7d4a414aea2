import { MediaEngine } from "../media/engine/media_engine.ts";
import { PromptLibrary } from "../media/prompts/prompt_library.ts";
import { CarrierMedia } from "./carrier_media.ts";
import type { OpenPopMedia } from "./pop_media.ts";
import { SoftphoneAudio } from "./softphone_audio.ts";

/** Opens the media engine on the environment's ports, with the prompt library. */
export const openPopMedia: OpenPopMedia = async (environment, counters, log) => {
  const { RTP_PORTS, WEBRTC_LISTEN, ADVERTISED_ADDRESS } = environment;
  const library = await PromptLibrary.load();
  const engine = new MediaEngine({
    rtpPorts: RTP_PORTS,
    webrtc: { listen: WEBRTC_LISTEN, announced: ADVERTISED_ADDRESS },
    counters,
    log,
  });
  return {
    // deno-lint-ignore require-await -- what the constructor throws must become a rejection
    openCarrierLeg: async (offer, hostname, events) => {
      const advertised = ADVERTISED_ADDRESS ?? hostname;
      const prompt = (name: string) => library.get(name);
      return new CarrierMedia({ engine, prompt, hostname, advertised, offer, events });
    },
    openSoftphone: (events) => new SoftphoneAudio(engine, events, library.get("ringback-eu")),
    count: () => engine.exportCounters(),
    close: () => Promise.resolve(engine.close()),
  };
};
