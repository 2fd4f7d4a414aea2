import type { Plan, Stimulus } from "./plan.ts";

/**
 * Makes a failing plan short by delta debugging (Zeller and Hildebrandt's ddmin): leaves stimuli out
 * in ever smaller chunks as long as it fails in the same way, then tries simpler faults.
 *
 * @param fails Whether a plan still fails in the same way.
 * @param tries Most plans that are tried.
 */
export async function shrinkPlan(
  plan: Plan,
  fails: (plan: Plan) => Promise<boolean>,
  tries = 400,
): Promise<Plan> {
  let left = tries;
  const test = async (stimuli: readonly Stimulus[]) => {
    left -= 1;
    return await fails({ ...plan, stimuli });
  };
  let kept = plan.stimuli;
  for (let chunks = 2; kept.length > 0 && left > 0;) {
    const size = Math.ceil(kept.length / chunks);
    let shorter: readonly Stimulus[] | null = null;
    for (let from = 0; from < kept.length && left > 0 && !shorter; from += size) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await test(without)) shorter = without;
    }
    if (shorter) {
      kept = shorter;
      chunks = Math.max(chunks - 1, 2);
    } else if (size === 1) break;
    else chunks = Math.min(chunks * 2, kept.length);
  }
  for (let i = 0; i < kept.length && left > 0; i++) {
    for (const simpler of simplerThan(kept[i])) {
      const changed = kept.with(i, simpler);
      if (left > 0 && await test(changed)) kept = changed;
    }
  }
  return { ...plan, stimuli: kept };
}

/** The same with less to it. */
function simplerThan(stimulus: Stimulus): Stimulus[] {
  switch (stimulus.type) {
    case "caller":
      return stimulus.talkMs === null ? [] : [{ ...stimulus, talkMs: null }];
    case "contact":
      return stimulus.answers > 0 ? [{ ...stimulus, answers: 0 }] : [];
    case "move-cluster":
      return [{ ...stimulus, zombieMs: 1 }];
    case "weather":
      return [{ ...stimulus, loss: 0 }];
    default:
      return [];
  }
}
