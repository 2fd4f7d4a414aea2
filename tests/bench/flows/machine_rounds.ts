import { assign, createActor, setup } from "xstate";

type Sent = { type: "COLLECTED"; digits: string } | { type: "PLAYED" };

/** Commands that were sent: what a prompt or a menu asks of the world. */
let commands = 0;

/** The menu of `roundFlow` as a state machine. */
const machine = setup({
  types: {} as { context: { choice: string; said: string; rounds: number }; events: Sent },
  actions: { command: () => void commands++ },
  guards: { known: ({ context }) => context.choice === "1" || context.choice === "2" },
}).createMachine({
  context: { choice: "", said: "", rounds: 0 },
  initial: "menu",
  states: {
    menu: {
      entry: "command",
      on: {
        COLLECTED: { target: "say", actions: assign({ choice: ({ event }) => event.digits }) },
      },
    },
    say: {
      always: {
        target: "which",
        actions: assign({ said: ({ context }) => `You typed ${context.choice}` }),
      },
    },
    which: { always: [{ guard: "known", target: "count" }, { target: "end" }] },
    count: {
      always: {
        target: "thanks",
        actions: assign({ rounds: ({ context }) => context.rounds + 1 }),
      },
    },
    thanks: { entry: "command", on: { PLAYED: "menu" } },
    end: { type: "final" },
  },
});

/** Rounds a second of so many actors of XState, for `ms`. */
export function machineRounds(actors: number, ms: number): number {
  const all = Array.from({ length: actors }, () => createActor(machine).start());
  const from = performance.now();
  let rounds = 0;
  for (; performance.now() - from < ms; rounds++) {
    const actor = all[rounds % actors];
    actor.send({ type: "COLLECTED", digits: String(1 + rounds % 2) });
    actor.send({ type: "PLAYED" });
  }
  const seconds = (performance.now() - from) / 1000;
  if (commands < rounds * 2) throw new Error("XState lost its way");
  for (const actor of all) actor.stop();
  return rounds / seconds;
}
