/**
 * `deno task demo [--json]`: runs the whole story unattended, on ports and data of its own, and
 * tells what was measured: as a report, or as one JSON object on the last line.
 * @module
 */
import type { ToneReading } from "../audio/tone.ts";
import type { HeardTone } from "../peers/agent_browser.ts";
import { ensurePeers } from "../setup/ensure_peers.ts";
import { abandonedCall } from "../story/abandoned_call.ts";
import { inboundCall } from "../story/inbound_call.ts";
import { inboundMessage } from "../story/inbound_message.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import {
  callWhileControlPlaneDown,
  queuedCallerSurvives,
  webhookWhileCellDown,
} from "../story/outages.ts";
import { agent, caller, rtpPackets } from "../story/stage.ts";
import { udpOwners } from "../story/udp_owners.ts";
import { unansweredOffer } from "../story/unanswered_offer.ts";
import { report } from "./report.ts";

const json = Deno.args.includes("--json");

try {
  await ensurePeers(say);
  say("Starting the platform on ports and data of its own");
  await using stage = await openStage({ offerSeconds: 6 });
  const measured = { startSeconds: round(stage.startSeconds, 1), ...await story(stage) };
  write(json ? JSON.stringify(measured) : report(measured));
} catch (error) {
  say(error instanceof Error ? `${error.message}` : String(error));
  if (error instanceof Error && error.cause) say(String(error.cause));
  Deno.exit(1);
}
// Browsers and servers are closed; what their libraries still hold open must not keep us.
Deno.exit(0);

async function story(stage: OpenStage) {
  say("A caller reaches an agent through the queue; the agent hangs up");
  const first = await withBoth(
    stage,
    (phone, desktop) => inboundCall(stage, phone, desktop, { digit: "1", hangUp: "agent" }),
  );
  say("A second caller; the caller hangs up");
  const second = await withBoth(
    stage,
    (phone, desktop) => inboundCall(stage, phone, desktop, { digit: "2", hangUp: "caller" }),
  );
  say("An offer is left ringing");
  const rona = await withBoth(stage, (phone, desktop) => unansweredOffer(stage, phone, desktop));
  say("A caller gives up while the offer stands");
  const abandoned = await withBoth(stage, (phone, desktop) => abandonedCall(stage, phone, desktop));
  say("A message, its repeat and two replies");
  const message = await withDesktop(stage, (desktop) => inboundMessage(stage, desktop));
  say("A webhook while the cell is dead");
  const webhook = await withDesktop(stage, (desktop) => webhookWhileCellDown(stage, desktop));
  say("A caller waits while the cell is killed and started again");
  const survived = await withBoth(
    stage,
    (phone, desktop) => queuedCallerSurvives(stage, phone, desktop),
  );
  say("A call while the control plane is dead");
  await using phone = await caller(stage);
  const isolated = await callWhileControlPlaneDown(stage, phone);
  const foreign = await rtpPackets(stage, "NYC");
  const { heard } = first;
  return {
    call: {
      ringMs: first.ringMs,
      answerMs: first.answerMs,
      answered: true,
      digit: first.digit,
      queue: first.queue,
      offer: first.offer,
      waitedMs: first.waitedMs,
      acceptToAudioMs: heard.acceptToAudioMs,
      agentToCallerHz: heard.atCaller.hz,
      callerToAgentHz: round(heard.atAgent.hz),
      callerToAgentSnrDb: decibels(heard.atAgent),
      agentToCallerSnrDb: decibels(heard.atCaller),
      endCause: first.record.endCause,
      legs: first.record.legs,
      foreignRegionRtpPackets: foreign,
      udpSocketOwners: await udpOwners(stage.processes),
    },
    callerHangsUp: { endCause: second.record.endCause, queue: second.queue },
    rona,
    abandoned,
    message: {
      ...message,
      storedMs: round(message.storedMs, 1),
      onScreenMs: round(message.onScreenMs),
    },
    webhookWhileRegionDown: webhook,
    callWhileControlPlaneDown: isolated,
    queuedCallerSurvivedRegionRestart: survived.samePlace && survived.reachedAgent,
  };
}

type Phone = Awaited<ReturnType<typeof caller>>;
type Desktop = Awaited<ReturnType<typeof agent>>;

async function withDesktop<T>(stage: OpenStage, run: (desktop: Desktop) => Promise<T>): Promise<T> {
  await using desktop = await agent(stage);
  return await run(desktop);
}

async function withBoth<T>(
  stage: OpenStage,
  run: (phone: Phone, desktop: Desktop) => Promise<T>,
): Promise<T> {
  await using phone = await caller(stage);
  return await withDesktop(stage, (desktop) => run(phone, desktop));
}

function decibels(tone: ToneReading | HeardTone): number {
  return round(tone.snrDb, 1);
}

function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** Progress goes to standard error, so that standard output is the result alone. */
function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
