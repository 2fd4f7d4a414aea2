import type { AgentBrowser } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { conversation } from "./conversation.ts";
import { callIntoQueue, recordOf } from "./inbound_call.ts";
import { interactions, type Stage } from "./stage.ts";

/** What an unanswered offer showed. */
export interface UnansweredOfferReport {
  requeued: boolean;
  samePlace: boolean;
  offeredAgainOnReturn: boolean;
}

/** The agent lets it ring: back to its place, the agent in RONA, offered again on their return. */
export async function unansweredOffer(
  stage: Stage,
  phone: Baresip,
  desktop: AgentBrowser,
): Promise<UnansweredOfferReport> {
  await desktop.goAvailable();
  const { id } = await callIntoQueue(stage, phone, "1");
  await desktop.offer();
  const before = await live(stage, id);
  await desktop.inState("rona", 30_000);
  const after = await until("the call back in its queue", async () => {
    const it = await live(stage, id);
    return it.state === "queued" && it;
  });
  await desktop.goAvailable();
  await desktop.offer();
  const offeredAgain = await desktop.at("offer").getAttribute("data-interaction-id");
  const acceptedAt = Date.now();
  await desktop.at("accept").click();
  await conversation(phone, desktop, acceptedAt);
  await phone.hangUp();
  await desktop.wrapUp("follow-up");
  await recordOf(stage, id);
  return {
    requeued: after.state === "queued",
    samePlace: after.queuedAt === before.queuedAt && after.queuePosition === 1,
    offeredAgainOnReturn: offeredAgain === id,
  };
}

async function live(stage: Stage, id: string) {
  const it = (await interactions(stage)).find((item) => item.id === id);
  if (!it) throw new Error(`Interaction ${id} is gone`);
  return it;
}
