import { join } from "node:path";
import { until } from "../../peers/until.ts";
import { Capture } from "../capture/capture.ts";
import { judge } from "../checker/judge.ts";
import { markAt } from "../checker/of_kind.ts";
import { NewCallers } from "../clients/new_callers.ts";
import { ScriptedAgent } from "../clients/scripted_agent.ts";
import { Ticker } from "../clients/ticker.ts";
import { type Contact, Writers } from "../clients/writers.ts";
import { History } from "../history/history.ts";
import { ADDRESS } from "../regions/site.ts";
import { brokenPromises } from "../rows/broken_promises.ts";
import type { Row } from "../rows/row.ts";
import type { Scenario, Scene } from "../scenarios/scenario.ts";
import { DATA_SITES } from "../stage/data_site.ts";
import type { Lab } from "../stage/lab.ts";
import { LAB_AGENTS } from "../stage/lab_configuration.ts";
import { noteAudio } from "../stage/note_audio.ts";
import type { CallPlan } from "../stage/standing_calls.ts";

/** What a run is made of. */
export interface RunPlan {
  lab: Lab;
  scenario: Scenario;
  run: number;
  calls: CallPlan;
  /** Where the history is written. */
  folder: string;
  /** Less time before the fault. */
  short: boolean;
  /** Nothing follows: the platform is not mended for it. */
  last: boolean;
}

const LONG_CONTACTS = 4;
const WRITE_MS = 600;
const SHORT_MS = 2_500;
const WORK_MS = 500;
const READ_MS = 200;
/** The load goes on so long before the fault, and is looked at for comparison. */
const BEFORE_MS = 5_000;
const SHORT_BEFORE_MS = 2_000;
const SIPP = { sipPort: 23_000, mediaPort: 24_000 };
const RECOVERY_MS = 60_000;
/** A reply of which nobody knows whether it went is given up after a minute. */
const DELIVERY_MS = 75_000;

/** Runs a scenario once under load and judges what everybody saw. */
export async function runScenario(plan: RunPlan): Promise<Row> {
  const { lab, scenario, run, folder } = plan;
  const history = new History();
  const notes: string[] = [];
  const active = await lab.activeSite();
  const scene: Scene = {
    ...{ lab, active, standby: DATA_SITES.find((site) => site !== active)! },
    pause,
    note: (text) => {
      const fault = markAt(history.entries, "fault") ?? history.now();
      notes.push(`${Math.round(history.now() - fault)} ms: ${text}`);
      history.note({ kind: "mark", mark: "note", note: text });
    },
  };
  await lab.calls.fill({ ...plan.calls, ...scenario.calls });
  await using stack = new AsyncDisposableStack();
  lab.history = history;
  stack.defer(async () => {
    lab.history = undefined;
    await history.write(join(folder, `${scenario.name}-${run}.jsonl`));
  });
  lab.calls.noteStanding(history);
  const standing = [...lab.calls.calls];
  await lab.reader.freshen();
  const agents = await Promise.all(
    LAB_AGENTS.slice(0, 2).map((name) => ScriptedAgent.start(lab.person(name), history)),
  );
  for (const agent of agents) stack.use(agent);
  const writers = stack.use(new Writers(lab.provider, history));
  await scenario.before?.(scene);
  letWrite(writers, run);
  for (const agent of agents) agent.work(WORK_MS);
  const reader = stack.use(new Ticker(READ_MS, () => lab.reader.read(history)));
  await until(
    "conversations at both agents",
    () => agents.every((it) => it.assignments.size > 0),
    30_000,
  );
  const capture = stack.use(await Capture.start(lab.network.folder));
  const rtpBefore = await lab.network.rtpBetweenRegions();
  const beforeFrom = history.now();
  await pause(plan.short ? SHORT_BEFORE_MS : BEFORE_MS);
  await notePlaces(lab, history, "before");
  const callers = stack.use(
    await NewCallers.start({
      ...{ to: lab.platform.state.sip.FRA, number: lab.demo.number, from: ADDRESS.world },
      ...SIPP,
    }),
  );
  await pause(300);

  const faultAt = history.now();
  history.note({ kind: "mark", mark: "fault" }, faultAt);
  await scenario.fault(scene).catch((error) => scene.note(`WRONG: ${error.message}`));
  const rest = scenario.observeMs - (history.now() - faultAt);
  if (rest > 0) await pause(rest);
  await until("an agent who works again", () => worked(history, faultAt), RECOVERY_MS)
    .catch(() => scene.note("no agent could work for a minute"));
  const newCalls = await callers.end();
  const observedTo = history.now();
  history.note({ kind: "mark", mark: "healed" });
  const leave = plan.short && plan.last;
  if (!leave) await scenario.heal(scene);
  const inSyncMs = leave ? null : await lab.inSync().catch(() => null);

  await writers.stop();
  for (const agent of agents) agent.finish();
  const stoppedAt = history.now();
  await reader[Symbol.asyncDispose]();
  await until(
    "all that was acknowledged at the agents",
    () => delivered(history, agents, plan.short),
    DELIVERY_MS,
  )
    .catch(() => scene.note("not all messages came to the agents"));
  const caughtUpMs = Math.round(history.now() - stoppedAt);
  for (const agent of agents) await agent.rest();
  await notePlaces(lab, history, "after");
  await lab.calls.noteEnded(history);
  const stepsLost = await lab.calls.goOn();
  if (lab.desktop) await noteDesktop(lab, scene);
  for (const agent of agents) {
    await agent.connect();
    agent.noteMessages();
  }
  for (const { call, dialledAt, answeredAt, refusedAt } of newCalls) {
    const entry = { kind: "call", role: "new", call } as const;
    history.note({ ...entry, phase: "dialled" }, dialledAt);
    if (answeredAt !== null) history.note({ ...entry, phase: "answered" }, answeredAt);
    if (refusedAt !== null) history.note({ ...entry, phase: "refused" }, refusedAt);
  }
  const streams = await capture.end();
  noteAudio(history, {
    ...{ streams, calls: standing, ...lab.audioPorts },
    before: { from: beforeFrom, to: faultAt },
    after: { from: faultAt, to: observedTo },
  });
  const rtpBetweenRegions = await lab.network.rtpBetweenRegions() - rtpBefore;
  lab.history = undefined;
  // What is judged ends here; agents close what they have, so that the next run begins afresh.
  const judged = [...history.entries];
  for (const agent of agents) await agent.endAll();

  const row = {
    ...{ scenario: scenario.name, run, from: active, to: await lab.activeSite() },
    ...judge(judged),
    ...{ stepsLost, inSyncMs, caughtUpMs, rtpBetweenRegions, notes },
  };
  return { ...row, broken: brokenPromises(row, scenario.limits, scenario) };
}

function letWrite(writers: Writers, run: number): void {
  const contact = (kind: number, index: number) =>
    `49151${kind}${String(run).padStart(3, "0")}${String(index).padStart(4, "0")}`;
  let [turn, shorts] = [0, 0];
  writers.keepWriting((): Contact => ({
    id: contact(1, turn++ % LONG_CONTACTS),
    short: false,
  }), WRITE_MS);
  writers.keepWriting((): Contact => ({ id: contact(2, shorts++), short: true }), SHORT_MS);
}

/** Whether every agent has had a command done that was given after the fault. */
function worked(history: History, faultAt: number): boolean {
  const begun = history.entries.filter((it) =>
    it.kind === "op" && it.op === "command" && it.phase === "invoke" && it.at >= faultAt
  );
  const done = new Set(
    history.entries.flatMap((it) => it.kind === "op" && it.phase === "ok" ? [it.id] : []),
  );
  const clients = new Set(
    begun.flatMap((it) => it.kind === "op" && done.has(it.id) ? [it.client] : []),
  );
  return clients.size >= 2;
}

/**
 * Whether every acknowledged message has come to an agent, and, unless only that is asked, every
 * reply to the provider.
 */
function delivered(
  history: History,
  agents: readonly ScriptedAgent[],
  inboundOnly: boolean,
): boolean {
  const seen = new Set(agents.flatMap((it) => [...it.messages.values()].map(({ text }) => text)));
  const sent = new Set(
    history.entries.flatMap((it) => it.kind === "outside" && it.text ? [it.text] : []),
  );
  // Whoever wrote what may not have gone is told so.
  for (const { messages } of agents) {
    for (const { status, text } of messages.values()) if (status === "failed") sent.add(text);
  }
  return history.entries.every((it) => {
    if (it.kind !== "op" || it.phase !== "ok" || it.text === undefined) return true;
    return it.op === "webhook" ? seen.has(it.text) : inboundOnly || sent.has(it.text);
  });
}

async function notePlaces(lab: Lab, history: History, when: "before" | "after"): Promise<void> {
  for (const it of await lab.reader.interactions()) {
    if (it.channel !== "voice" || it.queueId !== "support") continue;
    const { id, state, queueId, queuedAt, queuePosition } = it;
    history.note({
      ...{ kind: "place", when, interactionId: id, state, queueId, queuedAt },
      position: queuePosition,
    });
  }
}

/** Whether the agent in the browser could go on: still signed on, and the line is there. */
async function noteDesktop({ desktop }: Lab, scene: Scene): Promise<void> {
  await until("the desktop's line", async () => {
    return await desktop!.at("connection").getAttribute("data-status") === "connected";
  }).catch(() => scene.note("WRONG: the desktop in the browser has no line"));
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
