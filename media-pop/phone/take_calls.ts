import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { IncomingCall } from "../sip/dialog/incoming_call.ts";
import { answerOffer } from "../sip/sdp/answer_offer.ts";
import { SipEndpoint } from "../sip/sip_endpoint.ts";
import { measureAudio } from "./measure_audio.ts";
import { PhoneAudio } from "./phone_audio.ts";
import type { PhoneLine } from "./place_call.ts";

/** How a called phone behaves. */
export interface CalledOptions {
  /** Address to listen at. */
  local: string;
  /** Port to listen at; 0 for any. */
  port: number;
  transport: "udp" | "tcp";
  /** What it answers with: 200, a refusal of 300 to 699, or nothing at all. */
  answer: number | null;
  /** How long it rings first, in milliseconds; null: it does not ring. */
  ring: number | null;
  /** Sends its tone before it answers. */
  early: boolean;
  /** What it says, in hertz. */
  tone: number;
  /** The only law it takes; the caller's first if left out. */
  codec?: "PCMU" | "PCMA";
  /** Typed half a second after the answer. */
  digits: string;
  /** Hangs up so long after the answer, in milliseconds; 0: never. */
  talk: number;
}

/** A phone that waits for calls. */
export interface CalledPhone {
  port: number;
  /** Refuses or hangs up what is there, and stops. */
  close(): Promise<void>;
}

const BEFORE_DIGITS = 500;

/**
 * A test phone that is called: answers with real audio or refuses, and tells line by line what
 * it hears. Every line names its call by number, from 1.
 */
export async function takeCalls(
  options: CalledOptions,
  onLine: (line: PhoneLine) => void,
): Promise<CalledPhone> {
  const { local, port, transport } = options;
  const sip = new SipEndpoint({
    listeners: [{ transport, hostname: local, port }],
    log: createLogger({ service: "phone", level: "error" }),
    counters: new Counters(),
    product: "Antiphon-Phone",
  });
  let calls = 0;
  const closing = new Set<() => void>();
  sip.onInvite = (call) => {
    const number = ++calls;
    const end = takeCall(call, options, (event, facts = {}) => {
      onLine({ event, at: Date.now(), call: number, ...facts });
      if (event === "ended") closing.delete(end);
    });
    closing.add(end);
  };
  await sip.start();
  return {
    port: sip.listeners[0].port,
    async close() {
      for (const end of closing) end();
      for (const end = Date.now() + 1000; sip.load.clients > 0 && Date.now() < end;) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await sip.close();
    },
  };
}

type Tell = (event: string, facts?: Record<string, unknown>) => void;

/** Serves one call; the function returned ends it. */
function takeCall(call: IncomingCall, options: CalledOptions, tell: Tell): () => void {
  const { answer: status, ring, early, tone, codec, digits, talk } = options;
  const { request } = call;
  tell("called", { uri: request.uri, from: request.get("from") ?? null });
  const timers: ReturnType<typeof setTimeout>[] = [];
  const audio = new PhoneAudio({
    hostname: options.local,
    source: (at) => Math.round(8000 * Math.sin(2 * Math.PI * tone * at / 8000)),
    onSecond: (samples) => {
      const { kind, tone: heard } = measureAudio(samples);
      tell("heard", { kind, frequency: heard === null ? null : Math.round(heard.frequency) });
    },
    onDigit: (digit) => tell("digit", { digit }),
  });
  call.onCancel = () => tell("cancelled");
  call.onEnded = ({ kind, reasons }) => {
    for (const timer of timers) clearTimeout(timer);
    const { received: packets } = audio.statistics;
    audio.close();
    tell("ended", { by: kind, reason: reasons[0]?.text ?? null, packets });
  };
  const codecs = codec === undefined ? undefined : [codec];
  const { hostname: address, port } = audio.address;
  const local = { address, port, sessionId: String(Date.now()), version: 1, codecs };
  const answer = answerOffer(call.offer ?? "", local);
  if (!answer.ok) {
    timers.push(setTimeout(() => call.reject(answer.refusal.status)));
    return () => call.hangUp();
  }
  const speak = () => {
    const remote = { hostname: answer.remote.address, port: answer.remote.port };
    audio.start({ ...answer, remote });
  };
  const settle = () => {
    if (status === null) return;
    if (status >= 300) return call.reject(status);
    call.accept(answer.sdp);
    speak();
    tell("answered");
    if (digits !== "") timers.push(setTimeout(() => audio.send(digits), BEFORE_DIGITS));
    if (talk > 0) timers.push(setTimeout(() => call.hangUp(), talk));
  };
  if (early) {
    call.progress(answer.sdp);
    speak();
  } else if (ring !== null) call.ringing();
  timers.push(setTimeout(settle, ring ?? 0));
  return () => call.hangUp();
}
