import { readTone, type ToneReading } from "../audio/tone.ts";
import type { AgentBrowser, HeardTone } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";

/** What both ends hear of each other. */
export interface Heard {
  atCaller: ToneReading;
  atAgent: HeardTone;
  /** From the agent's click on accept until both tones were there, in ms. */
  acceptToAudioMs: number;
}

/** Waits until both ends hear each other's tones, then listens for two seconds. */
export async function conversation(
  phone: Baresip,
  desktop: AgentBrowser,
  acceptedAt: number,
  callerHz = 440,
): Promise<Heard> {
  await until("the agent's 1 kHz at the caller", async () => {
    const { rate, samples } = await phone.heard(0.4);
    const tone = readTone(samples, rate);
    return Math.abs(tone.hz - 1000) <= 10 && tone.snrDb > 6;
  });
  await until("the caller's tone at the agent", async () => {
    const tone = await desktop.heard();
    return Math.abs(tone.hz - callerHz) <= 25 && tone.snrDb > 6;
  });
  const acceptToAudioMs = Date.now() - acceptedAt;
  const start = Date.now();
  await until("two seconds of talk", () => Date.now() - start > 2500);
  const { rate, samples } = await phone.heard(2);
  return { atCaller: readTone(samples, rate), atAgent: await desktop.heard(), acceptToAudioMs };
}
