import "../shell/jitless_zod.ts";
import { startDesktop } from "../shell/start_desktop.ts";
import type { OpenMediaLink } from "../softphone/media_link.ts";

/** The desktop with a far end that hums 440 Hz instead of a PoP's audio. */
const openToneLink: OpenMediaLink = async (signalling, track) => {
  await signalling.request({ method: "router-capabilities" });
  const context = new AudioContext();
  const tone = context.createOscillator();
  tone.frequency.value = 440;
  const destination = context.createMediaStreamDestination();
  tone.connect(destination);
  tone.start();
  track.enabled = false;
  return {
    remote: destination.stream,
    producerId: "00000000-0000-7000-8000-000000000001",
    setSending: (sending) => {
      track.enabled = sending;
    },
    close: () => void context.close(),
  };
};

startDesktop(() => openToneLink);
