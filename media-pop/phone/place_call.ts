import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { makeOffer } from "../sip/sdp/make_offer.ts";
import { readSession } from "../sip/sdp/read_session.ts";
import { SipEndpoint } from "../sip/sip_endpoint.ts";
import { type CallStage, nextStage } from "./call_stage.ts";
import { measureAudio } from "./measure_audio.ts";
import { PhoneAudio } from "./phone_audio.ts";
import type { PhoneOptions } from "./phone_options.ts";
import type { SoundLibrary } from "./sound_library.ts";

/** A line of progress: `event` and `at`, milliseconds since the Unix epoch, and facts. */
export type PhoneLine = { event: string; at: number } & Record<string, unknown>;

/** What became of the call. */
export interface PhoneSummary {
  answered: boolean;
  /** Final status of the INVITE, where one came. */
  status: number | null;
  reason: string | null;
  /** The PoP's id of the call, from its X-Antiphon-Call header. */
  callId: string | null;
  inviteTo180Ms: number | null;
  inviteTo200Ms: number | null;
  endedBy: string;
  packetsSent: number;
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number;
  stages: CallStage[];
  /** Seconds in which each tone was heard, by its frequency to the nearest 10 Hz. */
  tones: Record<string, number>;
}

/** The surroundings of {@linkcode placeCall}. */
export interface PlaceCallParts {
  sounds: SoundLibrary;
  /** Linear samples to say over and over, in place of a tone. */
  spoken: Int16Array | null;
  onLine: (line: PhoneLine) => void;
  /** Resolves when the phone shall hang up before its time. */
  hangUp: Promise<void>;
}

/** How long after the hang-up the other side may take, in milliseconds. */
const LAST_WORDS = 1000;

/** Places one call, says and hears real audio, and tells what became of it. */
export async function placeCall(
  options: PhoneOptions,
  parts: PlaceCallParts,
): Promise<PhoneSummary> {
  const { local, transport } = options;
  const log = createLogger({ service: "phone", level: "error" });
  const sip = new SipEndpoint({
    listeners: [{ transport, hostname: local, port: 0 }],
    log,
    counters: new Counters(),
    product: "Antiphon-Phone",
  });
  await sip.start();
  let stage: CallStage = "answered";
  const stages: CallStage[] = [];
  const tones: Record<string, number> = {};
  const tell = (event: string, facts: Record<string, unknown> = {}) =>
    parts.onLine({ event, at: Date.now(), ...facts });
  const audio = new PhoneAudio({
    hostname: local,
    source: sourceOf(options, parts.spoken),
    onSecond: (samples) => {
      const { kind, level, tone } = measureAudio(samples);
      const silent = kind === "silence";
      const recording = silent ? null : parts.sounds.recognise(samples);
      const heard = recording === null ? tone : null;
      if (heard) {
        const name = String(Math.round(heard.frequency / 10) * 10);
        tones[name] = (tones[name] ?? 0) + 1;
      }
      tell("heard", { kind, level: Math.round(level), recording, tone: heard });
      const next = nextStage(stage, { silent, recording });
      if (next === stage) return;
      stage = next;
      stages.push(next);
      tell(next);
    },
    onDigit: (digit) => tell("digit", { digit }),
  });

  const summary = Promise.withResolvers<Pick<PhoneSummary, "endedBy" | "status" | "reason">>();
  const began = Date.now();
  let ringingAt: number | null = null, answeredAt: number | null = null;
  let callId: string | null = null;
  const [address, port] = options.sip.split(":");
  const offer = makeOffer({
    ...{ address: audio.address.hostname, port: audio.address.port },
    sessionId: String(began),
    version: 1,
    codecs: ["PCMA", "PCMU"],
  });
  const timers: ReturnType<typeof setTimeout>[] = [];
  tell("calling");
  const call = sip.invite({
    uri: `sip:${options.to}@${address}:${port}${transport === "tcp" ? ";transport=tcp" : ""}`,
    from: `sip:${options.from}@${local}`,
    sdp: offer,
    destination: { address, port: Number(port) },
  });
  call.onProgress = ({ status }) => {
    if (status !== 180 || ringingAt !== null) return;
    ringingAt = Date.now();
    tell("ringing", { afterMs: ringingAt - began });
  };
  call.onAnswered = (sdp, response) => {
    answeredAt = Date.now();
    callId = response.get("x-antiphon-call") ?? null;
    tell("answered", { afterMs: answeredAt - began, callId });
    stages.push("answered");
    const session = sdp === undefined ? null : readSession(sdp);
    if (!session?.ok) return call.hangUp();
    const { address: hostname, port: rtp, codecs, telephoneEvent } = session.description.audio;
    audio.start({ remote: { hostname, port: rtp }, ...codecs[0], telephoneEvent });
    if (options.digits === "") return;
    timers.push(setTimeout(() => {
      tell("digits", { count: options.digits.length });
      audio.send(options.digits);
    }, options["digits-after"]));
  };
  call.onEnded = ({ kind, status = null, reason = null, reasons }) => {
    const why = reason ?? reasons[0]?.text ?? null;
    summary.resolve({ endedBy: kind, status, reason: why });
  };
  timers.push(setTimeout(() => call.hangUp(), options.seconds * 1000));
  void parts.hangUp.then(() => call.hangUp());

  const ending = await summary.promise;
  for (const timer of timers) clearTimeout(timer);
  audio.close();
  tell("ended", { ...ending });
  await quiet(() => sip.load.clients === 0, LAST_WORDS);
  await sip.close();
  const { received, lost, jitterMilliseconds } = audio.statistics;
  return {
    answered: answeredAt !== null,
    ...ending,
    status: answeredAt === null ? ending.status : 200,
    callId,
    inviteTo180Ms: ringingAt === null ? null : ringingAt - began,
    inviteTo200Ms: answeredAt === null ? null : answeredAt - began,
    packetsSent: audio.sent,
    packetsReceived: received,
    packetsLost: lost,
    jitterMs: Math.round(jitterMilliseconds * 100) / 100,
    stages,
    tones,
  };
}

function sourceOf({ tone }: PhoneOptions, spoken: Int16Array | null): (at: number) => number {
  if (spoken && spoken.length > 0) return (at) => spoken[at % spoken.length];
  if (tone === 0) return () => 0;
  return (at) => Math.round(8000 * Math.sin(2 * Math.PI * tone * at / 8000));
}

async function quiet(holds: () => boolean, ms: number): Promise<void> {
  const limit = Date.now() + ms;
  while (!holds() && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
}
