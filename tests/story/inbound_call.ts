import { readTone } from "../audio/tone.ts";
import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { AgentBrowser } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { conversation, type Heard } from "./conversation.ts";
import { interactions, type Stage } from "./stage.ts";

/** What one call showed. */
export interface CallReport {
  ringMs: number;
  answerMs: number;
  promptRms: number;
  musicRms: number;
  digit: string;
  queue: string;
  offer: { contact: string; queue: string; wait: string };
  waitedMs: number;
  heard: Heard;
  record: InteractionRecord;
}

/** Calls, listens to the prompt, presses a digit, and stands in the queue that it names. */
export async function callIntoQueue(
  stage: Stage,
  phone: Baresip,
  digit: string,
): Promise<Pick<CallReport, "ringMs" | "answerMs" | "promptRms" | "digit"> & { id: string }> {
  const known = new Set((await interactions(stage)).map((it) => it.id));
  phone.events.length = 0;
  const dialledAt = Date.now();
  await phone.dial(stage.number, stage.carrierSip);
  const established = await phone.event("CALL_ESTABLISHED");
  const ringing = phone.events.find((event) => event.type === "CALL_RINGING");
  const promptRms = await until("the prompt at the caller", async () => {
    const { rate, samples } = await phone.heard(0.5);
    const { rms } = readTone(samples, rate);
    return rms > 0.01 && rms;
  });
  await phone.digit(digit);
  const record = await until("the call in its queue", async () => {
    const it = (await interactions(stage)).find((item) => !known.has(item.id));
    return it && it.queueId !== null && it;
  });
  return {
    id: record.id,
    ringMs: (ringing ?? established).at - dialledAt,
    answerMs: established.at - dialledAt,
    promptRms,
    digit: record.variables.choice,
  };
}

/** The whole call: queue with music, offer, accept, talk, hang-up by one side, wrap-up. */
export async function inboundCall(
  stage: Stage,
  phone: Baresip,
  desktop: AgentBrowser,
  options: { digit: string; hangUp: "agent" | "caller" },
): Promise<CallReport> {
  const queued = await callIntoQueue(stage, phone, options.digit);
  const musicRms = await until("music at the caller", async () => {
    const { rate, samples } = await phone.heard(0.5);
    const { rms } = readTone(samples, rate);
    return rms > 0.005 && rms;
  });
  await desktop.goAvailable();
  const offer = await desktop.offer();
  const acceptedAt = Date.now();
  await desktop.at("accept").click();
  const heard = await conversation(phone, desktop, acceptedAt);
  if (options.hangUp === "agent") await desktop.at("hang-up").click();
  else await phone.hangUp();
  await phone.event("CALL_CLOSED");
  await desktop.wrapUp("resolved");
  await desktop.inState("available");
  const record = await recordOf(stage, queued.id);
  return {
    ...queued,
    musicRms,
    queue: record.queueId!,
    offer,
    waitedMs: record.connectedAt! - record.queuedAt!,
    heard,
    record,
  };
}

/** The record of an interaction once it has ended. */
export async function recordOf(stage: Stage, id: string): Promise<InteractionRecord> {
  return await until("the record of the call", async () => {
    const it = (await interactions(stage)).find((item) => item.id === id);
    return it?.state === "ended" && it;
  });
}
