import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { AntiphonDesktop } from "../components/antiphon_desktop.ts";
import { AudioProbe } from "../probe/audio_probe.ts";
import { Marks } from "../probe/marks.ts";
import { openWebSocket } from "../session/open_web_socket.ts";
import { SessionClient } from "../session/session_client.ts";
import { DesktopController } from "./desktop_controller.ts";
import { PreferenceStore } from "./preferences.ts";
import { watchBrowser } from "./watch_browser.ts";
import { withBrowserLock } from "./with_browser_lock.ts";
import { SignOnClient } from "../sign_on/sign_on_client.ts";
import type { OpenMediaLink } from "../softphone/media_link.ts";
import { microphone } from "../softphone/microphone.ts";
import { RemoteAudio } from "../softphone/remote_audio.ts";
import { Ringer } from "../softphone/ringer.ts";
import { SoftphoneClient } from "../softphone/softphone_client.ts";
import { Store } from "../state/store.ts";
import type { Clock } from "../time/clock.ts";
import { systemClock } from "../time/system_clock.ts";

/**
 * Wires the desktop to this browser and starts it. With `?probe` in the address, `antiphonProbe` tells
 * tests what is heard and when things happened.
 */
export function startDesktop(makeMediaLink: (clock: Clock) => OpenMediaLink): void {
  const log = createLogger({ service: "desktop", level: "warn" });
  const store = new Store();
  const clock = systemClock;
  const random = Math.random;
  const newId = uuidV7();
  const steadyNow = () => performance.timeOrigin + performance.now();
  const marks = new Marks(steadyNow);
  const probe = new URLSearchParams(location.search).has("probe")
    ? new AudioProbe(new AudioContext(), marks, steadyNow)
    : null;

  const sessionUrl = new URL("/v1/session", location.href);
  sessionUrl.protocol = sessionUrl.protocol === "https:" ? "wss:" : "ws:";

  const audio = new RemoteAudio(new Audio(), (blocked) => controller.soundBlocked(blocked));
  const controller = new DesktopController({
    store,
    clock,
    random,
    newId,
    signOn: new SignOnClient((path, init) => fetch(path, init)),
    withLock: withBrowserLock("antiphon.refresh"),
    makeSession: (part) =>
      new SessionClient({
        ...part,
        url: sessionUrl.href,
        openSocket: openWebSocket,
        clock,
        random,
        newId,
        log,
      }),
    makeSoftphone: (part) =>
      new SoftphoneClient({
        ...part,
        clock,
        random,
        log,
        openSocket: openWebSocket,
        acquireMicrophone: microphone(navigator.mediaDevices),
        openMediaLink: makeMediaLink(clock),
        onRemote: (stream) => {
          void audio.play(stream);
          probe?.attach(stream);
        },
        onLegJoined: (callId) => marks.mark("leg-joined", callId),
      }),
    unblockSound: () => void audio.unblock(),
    onAccepted: (interactionId) => {
      marks.mark("offer-accepted", interactionId);
      probe?.awaitAudio(interactionId);
    },
  });

  const ringer = new Ringer(() => new AudioContext());
  const preferences = new PreferenceStore(localStorage);
  document.body.append(
    new AntiphonDesktop({
      store,
      handle: (intent) => controller.handle(intent),
      ring: (on) => ringer.ring(on),
      onOfferShown: (interactionId) => marks.mark("offer-shown", interactionId),
      preferences: {
        ...preferences.read(),
        remember: (change) => preferences.write(change),
      },
    }),
  );
  if (probe) {
    Object.assign(globalThis, {
      antiphonProbe: { remoteAudioLevels: () => probe.levels(), events: () => marks.list() },
    });
  }
  watchBrowser(controller, () => store.state);
  void controller.restore();
}
