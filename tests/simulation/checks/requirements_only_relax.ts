import type { SkillRequirement } from "../../../protocol/configuration/skill_requirement.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** What is known of a place's requirements. */
interface Asked {
  place: string;
  requirements: readonly SkillRequirement[];
  relaxation: readonly { at: number; requirements: readonly SkillRequirement[] }[];
}

/** Requirements become those of a step at its time and never before, and never ask for more. */
export function requirementsOnlyRelax(): Observer {
  const asked = new Map<string, Asked>();
  return {
    afterEvent({ state, at }, event) {
      if (!("interactionId" in event)) return;
      const { interactionId } = event;
      const place = state.interactions.get(interactionId)?.place;
      if (!place) return;
      const { requirements, relaxation } = place;
      const key = `${place.queueId} ${place.order}`;
      const before = asked.get(interactionId);
      // A flow that queues a waiting contact again may ask for something else.
      if (before?.place === key && event.type !== "interaction.queued") {
        if (!asksNoMore(requirements, before.requirements)) {
          throw new Violation("requirements-only-relax", `${interactionId} asks for more`);
        }
        const changed = JSON.stringify(requirements) !== JSON.stringify(before.requirements);
        const due = before.relaxation.some((step) => step.at <= at);
        if (changed && !due && event.type !== "interaction.moved") {
          throw new Violation("requirements-only-relax", `${interactionId} relaxed too early`);
        }
      }
      asked.set(interactionId, { place: key, requirements, relaxation });
    },
  };
}

function asksNoMore(
  now: readonly SkillRequirement[],
  before: readonly SkillRequirement[],
): boolean {
  return now.every((requirement) =>
    before.some((other) => {
      if (other.skillId !== requirement.skillId) return false;
      if ("atLeast" in requirement) {
        return "atLeast" in other && requirement.atLeast <= other.atLeast;
      }
      return "is" in other && other.is === requirement.is;
    })
  );
}
