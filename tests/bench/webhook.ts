import { inboundMessage, shown } from "../story/inbound_message.ts";
import type { OpenStage } from "../story/open_stage.ts";
import { agent } from "../story/stage.ts";
import { percentile } from "./percentile.ts";

const MESSAGES = 50;
const CONTACT = "4915100000042";

/** From a webhook's POST to its 200, and until its text stands on the agent's screen, in ms. */
export async function webhook(stage: OpenStage) {
  await using desktop = await agent(stage);
  await inboundMessage(stage, desktop);
  await stage.provider.post(stage.provider.webhook(CONTACT, "Message 0")).then((r) => r.text());
  await desktop.offer();
  await desktop.at("accept").click();
  const stored: number[] = [];
  const onScreen: number[] = [];
  for (let i = 1; i <= MESSAGES; i++) {
    const text = `Message ${i} of the bench`;
    const from = performance.now();
    await stage.provider.post(stage.provider.webhook(CONTACT, text)).then((r) => r.text());
    stored.push(performance.now() - from);
    await shown(desktop, text);
    onScreen.push(performance.now() - from);
  }
  const of = (values: number[]) => ({
    p50Ms: Math.round(percentile(values, 50)),
    p99Ms: Math.round(percentile(values, 99)),
  });
  return { messages: MESSAGES, stored: of(stored), onScreen: of(onScreen) };
}
