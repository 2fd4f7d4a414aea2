import { percentile } from "../percentile.ts";
import { FlowCenter } from "./flow_center.ts";
import { machineRounds } from "./machine_rounds.ts";
import { hears, types } from "./round_events.ts";
import { STEPS_OF_ROUND } from "./round_flow.ts";

const CALLERS = 1_000;
const TURNS = 5;
const TURN_MS = 1_500;
/** An instance may pass so many steps: it is replaced before. */
const ROUNDS_OF_CALLER = 3_000;

/**
 * Steps a second on one core, with the decisions, events, effects and trace they make, beside an
 * equal machine in XState, in turns; and the time from a digit to the command of the next prompt.
 */
export function measureSteps() {
  const center = new FlowCenter();
  const callers = Array.from({ length: CALLERS }, () => ({ id: center.arrive(), rounds: 0 }));
  const ours: number[] = [];
  const theirs: number[] = [];
  const micros: number[] = [];
  for (let turn = -1; turn < TURNS; turn++) {
    const from = performance.now();
    let rounds = 0;
    for (; performance.now() - from < TURN_MS; rounds++) {
      const caller = callers[rounds % CALLERS];
      if (caller.rounds++ === ROUNDS_OF_CALLER) {
        Object.assign(caller, { id: center.arrive(), rounds: 1 });
      }
      const { flow } = center.state.interactions.get(caller.id)!;
      const start = performance.now();
      const { effects } = center.send(types(caller.id, flow.step, String(1 + rounds % 2)));
      micros.push((performance.now() - start) * 1000);
      if (effects[0]?.to !== "pop" || effects[0].command.type !== "play") {
        throw new Error("No prompt");
      }
      center.send(hears(caller.id, flow.step));
    }
    const seconds = (performance.now() - from) / 1000;
    const peer = machineRounds(CALLERS, TURN_MS);
    // The first turn warms the compiler up.
    if (turn < 0) micros.length = 0;
    else {
      ours.push(rounds * STEPS_OF_ROUND / seconds);
      theirs.push(peer * STEPS_OF_ROUND);
    }
  }
  const [stepsPerSecond, xstate] = [ours, theirs].map((of) => Math.round(percentile(of, 50)));
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    stepsPerSecond,
    xstateStepsPerSecond: xstate,
    ratioToXstate: Math.round(stepsPerSecond / xstate * 100) / 100,
    digitToPromptUs: {
      p50: tenth(percentile(micros, 50)),
      p99: tenth(percentile(micros, 99)),
    },
  };
}
