import { Random } from "../random/random.ts";
import { CHANGES } from "../tenants/reconfigure.ts";
import { type Plan, type Stimulus, WORLD } from "./plan.ts";

const MINUTE = 60_000;

/** Makes a world's plan from a seed: busy or quiet, with many faults, few or none. */
export function makePlan(seed: number): Plan {
  const random = new Random(seed, "plan");
  const calmAt = random.between(6, 14) * MINUTE;
  const stimuli = [
    ...people(random, calmAt),
    ...Array.from({ length: WORLD.tenants }, (_, tenant) => staff(random, calmAt, tenant)).flat(),
    ...supervisors(random, calmAt),
    ...(random.chance(0.15) ? [] : faults(random, calmAt)),
  ];
  return { seed, calmAt, stimuli: stimuli.sort((a, b) => a.at - b.at) };
}

function people(random: Random, calmAt: number): Stimulus[] {
  const callers = random.between(4, 30);
  const writers = random.between(2, 12);
  const at = () => random.between(0, calmAt - MINUTE);
  return [
    ...Array.from({ length: callers }, (_, n): Stimulus => ({
      at: at(),
      type: "caller",
      n,
      tenant: random.between(0, WORLD.tenants - 1),
      pop: random.between(0, WORLD.pops.length - 1),
      digits: random.pick(["", "1", "1", "1", "2", "2", "3", "4"]),
      patienceMs: random.chance(0.3)
        ? random.between(500, 20_000)
        : random.between(20_000, 5 * MINUTE),
      talkMs: random.chance(0.7) ? random.between(1_000, 90_000) : null,
    })),
    ...Array.from({ length: writers }, (): Stimulus => ({
      at: at(),
      type: "contact",
      tenant: random.between(0, WORLD.tenants - 1),
      contact: random.between(0, WORLD.contacts - 1),
      answers: random.between(0, 3),
    })),
  ];
}

function staff(random: Random, calmAt: number, tenant: number): Stimulus[] {
  const stimuli: Stimulus[] = [];
  for (let agent = 0; agent < WORLD.agents; agent++) {
    if (random.chance(0.2)) continue;
    stimuli.push({ at: random.between(0, 2 * MINUTE), type: "sign-in", tenant, agent });
    for (let i = random.between(0, 3); i > 0; i--) {
      const at = random.between(MINUTE, calmAt);
      const type = random.pick(["break", "softphone-lost", "leave", "sign-out"] as const);
      if (type === "break" || type === "softphone-lost") {
        stimuli.push({ at, type, tenant, agent, ms: random.between(500, 60_000) });
        continue;
      }
      stimuli.push({ at, type, tenant, agent });
      const back = at + random.between(2_000, 2 * MINUTE);
      stimuli.push({ at: back, type: "sign-in", tenant, agent });
    }
  }
  return stimuli;
}

function supervisors(random: Random, calmAt: number): Stimulus[] {
  const stimuli: Stimulus[] = [];
  const where = () => ({
    at: random.between(MINUTE, calmAt),
    tenant: random.between(0, WORLD.tenants - 1),
  });
  for (let i = random.between(0, 3); i > 0; i--) {
    stimuli.push({ ...where(), type: "reconfigure", change: random.pick(CHANGES) });
  }
  for (let i = random.between(0, 3); i > 0; i--) {
    stimuli.push({ ...where(), type: "prioritise", priority: random.between(0, 9) });
  }
  for (let i = random.between(0, 4); i > 0; i--) stimuli.push({ ...where(), type: "call-back" });
  for (let n = random.between(0, 4); n > 0; n--) {
    stimuli.push({ ...where(), type: "list-contact", n, priority: random.between(0, 3) });
  }
  return stimuli;
}

function faults(random: Random, calmAt: number): Stimulus[] {
  const stimuli: Stimulus[] = [];
  const at = () => random.between(20_000, calmAt);
  const times = (most: number, make: () => Stimulus) => {
    for (let i = random.between(0, most); i > 0; i--) stimuli.push(make());
  };
  const pop = () => random.between(0, WORLD.pops.length - 1);
  times(4, () => ({
    at: at(),
    type: "crash-cell",
    downMs: random.between(200, 20_000),
    when: random.pick(["now", "committing", "committed"]),
  }));
  times(2, () => ({
    at: at(),
    type: "move-cluster",
    downMs: random.chance(0.5) ? random.between(50, 500) : random.between(500, 8_000),
    zombieMs: random.between(2_000, 2 * MINUTE),
    when: random.pick(["now", "committed", "committed"]),
  }));
  times(3, () => ({ at: at(), type: "cut-link", pop: pop() }));
  times(
    1,
    () => ({ at: at(), type: "restart-pop", pop: pop(), downMs: random.between(500, 9_000) }),
  );
  times(2, () => ({
    at: at(),
    type: "weather",
    ms: random.between(2_000, MINUTE),
    loss: random.chance(0.7) ? random.between(1, 30) / 100 : 0,
    slowest: random.pick([100, 1_000, 4_000]),
  }));
  times(3, () => {
    const refused = random.chance(0.5) ? random.between(0, WORLD.tenants - 1) : null;
    return {
      at: at(),
      type: "database",
      ms: random.between(500, 40_000),
      outage: refused === null && random.chance(0.3),
      slowest: random.pick(refused === null ? [12, 200, 1_500] : [200, 800, 1_500]),
      unknown: random.chance(0.7) ? 0.4 : 0,
      refused,
    };
  });
  // Troubles seldom come alone.
  for (const { at, type } of [...stimuli]) {
    if (!random.chance(0.5)) continue;
    const soon = at + random.between(200, 12_000);
    if (type === "move-cluster") {
      const ms = random.between(5_000, 30_000);
      stimuli.push({
        at: at - 1_000,
        type: "weather",
        ms,
        loss: 0.2,
        slowest: random.pick([500, 6_000]),
      });
      for (let pop = 0; pop < WORLD.pops.length; pop++) {
        stimuli.push({ at: soon + random.between(0, 20_000), type: "cut-link", pop });
      }
    }
    if (type === "database") stimuli.push({ at: soon, type: "cut-link", pop: pop() });
    if (type === "cut-link") {
      const slowest = random.pick([800, 3_000]);
      stimuli.push({
        at: at - 1_000,
        type: "database",
        ms: 14_000,
        outage: false,
        slowest,
        unknown: 0,
        refused: null,
      });
    }
  }
  return stimuli;
}
