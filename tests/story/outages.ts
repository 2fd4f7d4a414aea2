import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import { readTone } from "../audio/tone.ts";
import type { AgentBrowser } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { conversation } from "./conversation.ts";
import { callIntoQueue, recordOf } from "./inbound_call.ts";
import { shown } from "./inbound_message.ts";
import { interactions, type Stage } from "./stage.ts";

/** The process of the demo tenant's cluster. */
const CELL = "cell-E39-eu-central";
const CONTACT = "4915187654321";

/** A webhook while the cell is dead: acknowledged, and delivered after the restart. */
export async function webhookWhileCellDown(
  stage: Stage,
  desktop: AgentBrowser,
): Promise<{ status: number; deliveredAfterRestart: boolean }> {
  await desktop.goAvailable();
  await stage.kill(CELL);
  const { provider } = stage;
  const response = await provider.post(provider.webhook(CONTACT, "Is anybody there?"));
  await response.body?.cancel();
  await stage.start(CELL);
  await desktop.offer(30_000);
  await desktop.at("accept").click();
  await shown(desktop, "Is anybody there?");
  await desktop.at("end").click();
  await desktop.wrapUp("resolved");
  return { status: response.status, deliveredAfterRestart: true };
}

/** A call while the control plane is dead: answered, queued and talked through. */
export async function callWhileControlPlaneDown(
  stage: Stage,
  phone: Baresip,
): Promise<{ answered: boolean; queued: boolean }> {
  await stage.kill("control-plane");
  try {
    const { id } = await callIntoQueue(stage, phone, "1");
    await phone.hangUp();
    await recordOf(stage, id);
    return { answered: true, queued: true };
  } finally {
    await stage.start("control-plane");
  }
}

/** The cell is killed while a caller waits: the place is kept, and the call reaches the agent. */
export async function queuedCallerSurvives(
  stage: Stage,
  phone: Baresip,
  desktop: AgentBrowser,
): Promise<{ samePlace: boolean; reachedAgent: boolean }> {
  await desktop.at("state-idle").click();
  await desktop.inState("idle");
  const { id } = await callIntoQueue(stage, phone, "1");
  const before = (await interactions(stage)).find((it) => it.id === id)!;
  await stage.kill(CELL);
  await stage.start(CELL);
  const after = await until("the queue after the restart", async () => {
    return (await interactions(stage)).find((it) => it.id === id);
  }, 30_000);
  await talk(phone, desktop);
  return {
    samePlace: isSamePlace(before, after),
    reachedAgent: true,
  };
}

/** The caller who waits is offered, and the two talk. */
async function talk(phone: Baresip, desktop: AgentBrowser): Promise<void> {
  await desktop.goAvailable();
  await desktop.offer();
  const acceptedAt = Date.now();
  await desktop.at("accept").click();
  await conversation(phone, desktop, acceptedAt);
  await desktop.at("hang-up").click();
  await desktop.wrapUp("resolved");
}

function isSamePlace(before: InteractionRecord, after: InteractionRecord): boolean {
  return after.state === "queued" && after.queuedAt === before.queuedAt &&
    after.queuePosition === before.queuePosition;
}

/** What of the demo tenant's cluster stands where it is active at first. */
const SITE = ["keeper-eu-central", CELL, "postgres-E39-eu-central"];

/**
 * The cluster's whole site is lost while a caller waits and an agent is signed on: the other takes
 * over, the place is kept, the same desktop answers, and the two talk.
 */
export async function siteLost(
  stage: Stage,
  phone: Baresip,
  desktop: AgentBrowser,
): Promise<{ samePlace: boolean; heardWithoutSite: boolean; reachedAgent: boolean }> {
  await desktop.at("state-idle").click();
  await desktop.inState("idle");
  const { id } = await callIntoQueue(stage, phone, "1");
  const before = (await interactions(stage)).find((it) => it.id === id)!;
  await Promise.all(SITE.map((name) => stage.kill(name)));
  const from = Date.now();
  await until("a second of music", () => Date.now() - from > 1200);
  const { rate, samples } = await phone.heard(1);
  const heardWithoutSite = readTone(samples, rate).rms > 0.005;
  const after = await until("the queue at the other site", async () => {
    return (await interactions(stage)).find((it) => it.id === id);
  }, 30_000);
  await talk(phone, desktop);
  return {
    samePlace: isSamePlace(before, after),
    heardWithoutSite,
    reachedAgent: true,
  };
}

/** Edge and cell are killed in the middle of a call: both go on hearing each other. */
export async function callSurvives(
  stage: Stage,
  phone: Baresip,
  desktop: AgentBrowser,
): Promise<{ heardWithoutEdge: boolean; heardWithoutCell: boolean; endCause: string | null }> {
  await desktop.goAvailable();
  const { id } = await callIntoQueue(stage, phone, "1");
  await desktop.offer();
  const acceptedAt = Date.now();
  await desktop.at("accept").click();
  await conversation(phone, desktop, acceptedAt);
  await stage.kill("edge");
  await lineOf(desktop, "reconnecting");
  const heardWithoutEdge = await hears(phone);
  await stage.start("edge");
  await lineOf(desktop, "connected");
  await stage.kill(CELL);
  const heardWithoutCell = await hears(phone);
  await stage.start(CELL);
  await desktop.at("hang-up").click();
  await desktop.wrapUp("resolved");
  const { endCause } = await recordOf(stage, id);
  return { heardWithoutEdge, heardWithoutCell, endCause };
}

async function lineOf(desktop: AgentBrowser, state: string): Promise<void> {
  await until(`the desktop's line to be ${state}`, async () => {
    return await desktop.at("connection").getAttribute("data-status") === state;
  });
}

/** Whether the caller hears the agent's tone in a second that has just begun. */
async function hears(phone: Baresip): Promise<boolean> {
  const from = Date.now();
  await until("a second of audio", () => Date.now() - from > 1200);
  const { rate, samples } = await phone.heard(1);
  const tone = readTone(samples, rate);
  return Math.abs(tone.hz - 1000) <= 5 && tone.snrDb > 15;
}
