import { type DecisionFigures, measureDecisions } from "./measure_decisions.ts";
import { measureMemory } from "./measure_memory.ts";
import { measureScan } from "./measure_scan.ts";

const WAITING = [100, 1000, 10_000];
const AGENTS = [100, 2000, 10_000];
const REQUIREMENTS = [1, 3, 5];

/**
 * Decisions in memory, over sizes of queues, agents and requirements; what the questions that
 * contacts ask do to them; the same search by a scan over everybody, for comparison; memory.
 */
export async function routing() {
  const decisions: DecisionFigures[] = [];
  for (const scene of ["busy", "mismatched"] as const) {
    for (const requirements of REQUIREMENTS) {
      for (const agents of AGENTS) {
        for (const waiting of WAITING) {
          decisions.push(measureDecisions({ waiting, agents, requirements, scene, questions: 4 }));
        }
      }
    }
  }
  const questions = (["busy", "mismatched"] as const).flatMap((scene) =>
    [1, 4, 12, 24].map((n) => ({
      questionsPerQueue: n,
      ...measureDecisions({ waiting: 10_000, agents: 2000, requirements: 3, scene, questions: n }),
    }))
  );
  return {
    unit: "microseconds",
    decisions,
    questions,
    scan: measureScan(),
    memory: await measureMemory(),
  };
}
