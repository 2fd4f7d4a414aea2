import type { AgentBrowser } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { callIntoQueue, recordOf } from "./inbound_call.ts";
import type { Stage } from "./stage.ts";

/** What a caller who gave up showed. */
export interface AbandonedCallReport {
  /** From the caller's hang-up until the offer was off the screen, in ms. */
  withdrawnMs: number;
  endCause: string | null;
  agentState: string | null;
}

/** The caller hangs up while the offer stands: it is withdrawn at once. */
export async function abandonedCall(
  stage: Stage,
  phone: Baresip,
  desktop: AgentBrowser,
): Promise<AbandonedCallReport> {
  await desktop.goAvailable();
  const { id } = await callIntoQueue(stage, phone, "2");
  await desktop.offer();
  const hungUpAt = Date.now();
  await phone.hangUp();
  await desktop.at("offer").waitFor({ state: "detached", timeout: 5000 });
  const withdrawnMs = Date.now() - hungUpAt;
  const record = await recordOf(stage, id);
  return {
    withdrawnMs,
    endCause: record.endCause,
    agentState: await desktop.at("agent-state").getAttribute("data-state"),
  };
}
