import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { Activity, FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { QueueActivity } from "../flows/activities/queue/queue_schema.ts";
import { skillsAskedFor } from "./skills_asked_for.ts";

/**
 * Flow versions as their running instances go on with them: deleted queues are replaced by those
 * that took their contacts over, and skills that are gone are no longer asked for. Flows without
 * either, such as all present ones, stay the same objects. O(activities of all versions).
 */
export function adaptFlows(
  flows: ReadonlyMap<string, FlowDocument>,
  { skills, queues }: TenantConfiguration,
  redirects: Readonly<Record<string, string>>,
): Map<string, FlowDocument> {
  const skillIds = new Set(skills.map((skill) => skill.id));
  const queueIds = new Set(queues.map((queue) => queue.id));
  const asks = ({ skillId }: SkillRequirement) => skillIds.has(skillId);
  const adapted = (activity: Activity): Activity => {
    let now = activity;
    const { queueId } = now;
    if (
      typeof queueId === "string" && !queueIds.has(queueId) && Object.hasOwn(redirects, queueId)
    ) {
      now = { ...now, queueId: redirects[queueId] };
    }
    if (skillsAskedFor(now).every((skillId) => skillIds.has(skillId))) return now;
    const { requirements, relaxation } = now as Partial<QueueActivity>;
    return {
      ...now,
      requirements: requirements?.filter(asks),
      relaxation: relaxation
        ?.map((step) => ({ ...step, requirements: step.requirements.filter(asks) })),
    };
  };
  return new Map([...flows].map(([version, flow]) => {
    let same = true;
    const activities = Object.fromEntries(
      Object.entries(flow.activities).map(([id, activity]) => {
        const now = adapted(activity);
        same &&= now === activity;
        return [id, now];
      }),
    );
    return [version, same ? flow : { ...flow, activities }];
  }));
}
