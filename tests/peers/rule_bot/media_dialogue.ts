import { Buffer } from "node:buffer";
import { answerBy, type BotRules } from "./bot_rules.ts";

/** How the bot's ear behaves. */
export interface MediaOptions {
  rules: BotRules;
  /** Says everything back at once, for measuring. */
  echo: boolean;
  /** Never says anything. */
  silent: boolean;
  /** Sends this instead of the greeting. */
  instead?: string;
  /** Closes the socket after the greeting. */
  closes: boolean;
}

interface Frame {
  event: string;
  streamSid?: string;
  start?: { streamSid: string; mediaFormat: { encoding: string; sampleRate: number } };
  media?: { payload: string };
  dtmf?: { digit: string };
  mark?: { name: string };
}

/** Louder than this is somebody speaking, as a mean of linear samples. */
const LOUD = 500;
/** Milliseconds somebody must speak to interrupt. */
const INTERRUPTS = 100;

/**
 * A dialogue over a media stream. What it "says" are tones: 600 Hz for the greeting, 300 Hz and
 * 100 for each digit for answers; it stops at once when the caller speaks over it.
 */
export function mediaDialogue(socket: WebSocket, options: MediaOptions): void {
  const { rules } = options;
  let sid = "";
  let format = { encoding: "audio/x-mulaw", sampleRate: 8000 };
  let speaking = 0;
  let loudMs = 0;
  let wasQuiet = false;
  let missed = 0;
  let said = 0;
  const send = (frame: Record<string, unknown>) => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ streamSid: sid, ...frame }));
    }
  };
  const say = (text: string, hz: number, ms: number) => {
    const audio = encode(tone(hz, ms, format.sampleRate), format.encoding);
    const piece = audio.length / Math.ceil(ms / 100);
    for (let at = 0; at < audio.length; at += piece) {
      const payload = Buffer.from(audio.subarray(at, at + piece)).toString("base64");
      send({ event: "media", media: { payload } });
    }
    speaking++;
    send({ event: "mark", mark: { name: `said-${++said}` } });
    send({ event: "transcript", transcript: { author: "bot", text } });
  };
  const hear = ({ payload }: { payload: string }) => {
    if (options.echo) return send({ event: "media", media: { payload } });
    const samples = decode(Buffer.from(payload, "base64"), format.encoding);
    const level = samples.reduce((sum, x) => sum + Math.abs(x), 0) / (samples.length || 1);
    // A noise that never stops is no one speaking up.
    if (level <= LOUD) wasQuiet = true;
    loudMs = level > LOUD && wasQuiet ? loudMs + samples.length * 1000 / format.sampleRate : 0;
    if (loudMs < INTERRUPTS || speaking === 0) return;
    speaking = 0;
    wasQuiet = false;
    send({ event: "clear" });
  };
  const take = (digits: string) => {
    const reply = answerBy(rules, { type: "digits", digits }, missed);
    missed = reply.understood ? 0 : missed + 1;
    send({ event: "transcript", transcript: { author: "contact", text: `[${digits}]` } });
    if (reply.text !== null) say(reply.text, 300 + 100 * Number(digits), 400);
    if (!reply.outcome) return;
    send({ event: "outcome", outcome: { ...reply.outcome, variables: { lastDigit: digits } } });
  };
  socket.onmessage = ({ data }) => {
    const frame: Frame = JSON.parse(data);
    switch (frame.event) {
      case "start":
        sid = frame.start!.streamSid;
        format = frame.start!.mediaFormat;
        if (options.instead !== undefined) socket.send(options.instead);
        else if (!options.silent && !options.echo) say(rules.greeting, 600, 1000);
        if (options.closes) socket.close(1000);
        return;
      case "media":
        return hear(frame.media!);
      case "dtmf":
        return take(frame.dtmf!.digit);
      case "mark":
        speaking = Math.max(0, speaking - 1);
        return;
      case "stop":
        socket.close(1000);
    }
  };
}

function tone(hz: number, ms: number, rate: number): Int16Array {
  const at = (i: number) => 12_000 * Math.sin(2 * Math.PI * hz * i / rate);
  return Int16Array.from({ length: ms * rate / 1000 }, (_, i) => at(i));
}

function encode(samples: Int16Array, encoding: string): Uint8Array {
  if (encoding === "audio/x-mulaw") return Uint8Array.from(samples, muLaw);
  const bytes = new Uint8Array(samples.length * 2);
  samples.forEach((x, i) => new DataView(bytes.buffer).setInt16(2 * i, x));
  return bytes;
}

function decode(bytes: Uint8Array, encoding: string): number[] {
  if (encoding === "audio/x-mulaw") return Array.from(bytes, linear);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length >> 1 }, (_, i) => view.getInt16(2 * i));
}

/** ITU-T G.711 µ-law. */
function muLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const exponent = 24 - Math.clz32(magnitude);
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 0xff;
}

function linear(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 15) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}
