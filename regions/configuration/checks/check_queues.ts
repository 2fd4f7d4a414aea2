import type { QueueConfiguration } from "../../../protocol/configuration/queue_configuration.ts";
import { checkCallbacks } from "./check_callbacks.ts";
import type { CheckContext } from "./check_context.ts";

/** Queues have teams of their kind, groups in order of time, and an overflow that ends. */
export function checkQueues(check: CheckContext): void {
  check.document.queues.forEach((queue, i) => {
    const path = `queues.${i}`;
    checkDistribution(check, path, queue);
    checkOverflow(check, path, queue);
    checkCallbacks(check, path, queue);
    check.refer(
      `${path}.businessHoursId`,
      queue.businessHoursId,
      check.businessHours,
      "business hours",
    );
  });
}

function checkDistribution(check: CheckContext, path: string, queue: QueueConfiguration): void {
  const { distribution } = queue;
  if (distribution.length === 0) {
    check.report(`${path}.distribution`, "distribution_empty", "Name at least one team");
  }
  const seen = new Set<string>();
  distribution.forEach((group, j) => {
    const at = `${path}.distribution.${j}`;
    if (j > 0 && group.afterSeconds <= distribution[j - 1].afterSeconds) {
      check.report(`${at}.afterSeconds`, "distribution_order", "Put groups in order of time");
    }
    if (group.teamIds.length === 0) {
      check.report(`${at}.teamIds`, "distribution_empty", "Name at least one team");
    }
    group.teamIds.forEach((id, k) => {
      const team = check.teams.get(id);
      check.refer(`${at}.teamIds.${k}`, id, check.teams, "team");
      if (team?.capacity && queue.kind === "digital") {
        check.report(
          `${at}.teamIds.${k}`,
          "kind_mismatch",
          "A team with capacity takes calls only",
        );
      }
      if (seen.has(id)) {
        check.report(`${at}.teamIds.${k}`, "distribution_order", "The team searches already");
      }
      seen.add(id);
    });
  });
}

function checkOverflow(check: CheckContext, path: string, queue: QueueConfiguration): void {
  const at = `${path}.overflowQueueId`;
  check.refer(at, queue.overflowQueueId, check.queues, "queue");
  const next = check.queues.get(queue.overflowQueueId ?? "");
  if (!next) return;
  if (next.kind !== queue.kind) check.report(at, "kind_mismatch", `Name a ${queue.kind} queue`);
  const seen = new Set<string>();
  let step: QueueConfiguration | undefined = next;
  while (step && step.id !== queue.id && !seen.has(step.id)) {
    seen.add(step.id);
    step = check.queues.get(step.overflowQueueId ?? "");
  }
  if (step?.id === queue.id) {
    check.report(at, "overflow_cyclic", "Contacts would come back to this queue");
  }
}
