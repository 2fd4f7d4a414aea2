import type { SwitchOver } from "../../protocol/keeper/switch_over.ts";

const DOING: Readonly<Record<SwitchOver["state"], string>> = {
  checking: "Checking",
  draining: "The active cell finishes what it has begun and takes nothing new",
  stopping: "PostgreSQL stops, once its standby has everything",
  "handing-over": "The lease is handed over, and the other side is promoted",
  done: "Done",
  refused: "Refused",
  failed: "Failed",
};

/** One line for each state that a switch-over reaches, with the time since it was asked for. */
export function describeStep(move: SwitchOver): string {
  const at = move.steps.findLast(({ state }) => state === move.state)?.at ?? move.requestedAt;
  return `${((at - move.requestedAt) / 1000).toFixed(2).padStart(6)} s  ${DOING[move.state]}`;
}

/** What was checked and how it ended, in lines. */
export function describeEnd(move: SwitchOver): string[] {
  const checks = move.checks.map(({ name, ok, detail }) =>
    `  ${ok ? "✓" : "✗"} ${name.padEnd(8)} ${detail}`
  );
  return [...checks, `${ending(move)}.`];
}

function ending({ clusterId, from, to, state, rehearse, problem, ...rest }: SwitchOver): string {
  const move = `from ${from ?? "nowhere"} to ${to}`;
  const why = problem ?? "no reason was given";
  if (state === "refused") return `${clusterId} does not move ${move}: ${trimmed(why)}`;
  if (state === "failed") return `The move of ${clusterId} ${move} failed: ${trimmed(why)}`;
  if (rehearse) return `${clusterId} could move ${move} now; nothing was done`;
  const ms = pauseOf({ ...rest, state });
  const pause = ms === null ? "" : `; nobody was active for ${ms} ms`;
  return `${clusterId} moved ${move}, epoch ${rest.epochBefore} to ${rest.epochAfter}${pause}`;
}

/** From the moment the old side took nothing new until the new side was ready to. */
function pauseOf({ steps }: Pick<SwitchOver, "steps" | "state">): number | null {
  const at = (name: SwitchOver["state"]) => steps.findLast(({ state }) => state === name)?.at;
  const [from, until] = [at("draining"), at("done")];
  return from === undefined || until === undefined ? null : until - from;
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
