import { inboundCall } from "../story/inbound_call.ts";
import type { OpenStage } from "../story/open_stage.ts";
import { agent, caller } from "../story/stage.ts";
import { percentile } from "./percentile.ts";

const CALLS = 5;

/**
 * From the click on accept until both ends heard each other's tones, in ms. The listeners look at
 * windows of 400 ms, which is part of the figure.
 */
export async function acceptToAudio(stage: OpenStage) {
  const values: number[] = [];
  await using desktop = await agent(stage);
  for (let i = 0; i < CALLS; i++) {
    await using phone = await caller(stage);
    await desktop.at("state-idle").click();
    await desktop.inState("idle");
    const { heard } = await inboundCall(stage, phone, desktop, { digit: "1", hangUp: "agent" });
    values.push(heard.acceptToAudioMs);
  }
  return { calls: CALLS, p50Ms: percentile(values, 50), maxMs: Math.max(...values) };
}
