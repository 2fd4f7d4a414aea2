import { readTone } from "../audio/tone.ts";
import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { AgentBrowser } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { conversation, type Heard } from "./conversation.ts";
import { recordOf } from "./inbound_call.ts";
import { interactions, type Stage } from "./stage.ts";
import type { TenantApi } from "./tenant_api.ts";

/** What a callback showed. */
export interface CalledBackReport {
  /** What the caller heard before hanging up. */
  goodbyeRms: number;
  waiting: { state: string; virtual: string | null };
  offer: { contact: string };
  why: string;
  heard: Heard;
  record: InteractionRecord;
}

const QUEUE = "support";

/**
 * A caller waits, asks to be called back and is let go with a goodbye; an agent comes, accepts, and
 * the platform calls the customer's number, where another phone answers.
 */
export async function calledBack(
  stage: Stage,
  api: TenantApi,
  phone: Baresip,
  startCustomer: () => Promise<Baresip>,
  desktop: AgentBrowser,
): Promise<CalledBackReport> {
  await offerCallback(api);
  const known = new Set((await interactions(stage)).map(({ id }) => id));
  await phone.dial(stage.number, stage.carrierSip);
  await phone.event("CALL_ESTABLISHED");
  const id = await until(
    "the call in its flow",
    async () => (await interactions(stage)).find((it) => !known.has(it.id))?.id,
  );
  const goodbyeRms = await until("a word at the caller", async () => {
    const { rate, samples } = await phone.heard(0.5);
    const { rms } = readTone(samples, rate);
    return rms > 0.01 && rms;
  });
  await phone.event("CALL_CLOSED", 30_000);
  const customer = await startCustomer();
  try {
    const { body } = await api.ask("GET", `/queues/${QUEUE}/contacts`);
    const [{ virtual }] = body.items;
    const [{ state }] = (await interactions(stage)).filter((it) => it.id === id);
    await desktop.goAvailable();
    const offer = await desktop.offer();
    const why = await desktop.at("offer-callback").textContent() ?? "";
    const acceptedAt = Date.now();
    await desktop.at("accept").click();
    const heard = await conversation(customer, desktop, acceptedAt, 700);
    await desktop.at("hang-up").click();
    await customer.event("CALL_CLOSED");
    await desktop.wrapUp("resolved");
    const record = await recordOf(stage, id);
    return { goodbyeRms, waiting: { state, virtual }, offer, why, heard, record };
  } finally {
    await customer[Symbol.asyncDispose]();
  }
}

/** Callers get a place, hear a goodbye, and are called back at the number they call from. */
async function offerCallback(api: TenantApi): Promise<void> {
  await api.change("/configuration/queues/support", (queue) => {
    queue.callback = { when: "agent-first", attempts: 2, minutesBetweenAttempts: 1 };
  });
  const { body: { items } } = await api.ask("GET", "/configuration/entry-points");
  const point = items.find(({ channel }: { channel: string }) => channel === "voice");
  await api.change(`/configuration/flows/${point.flowId}`, (flow) => {
    flow.start = "keep-place";
    flow.activities = {
      "keep-place": { type: "callback", queueId: QUEUE, next: "goodbye", onRefused: "end" },
      goodbye: { type: "play", prompt: "goodbye", next: "end" },
      end: { type: "hang-up" },
    };
  });
}
