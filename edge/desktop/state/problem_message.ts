import type { Problem } from "../../../protocol/errors/problem.ts";

const MESSAGES: Record<string, string> = {
  offer_gone: "That offer is gone: it ended, or the contact hung up.",
  call_gone: "That call has ended already.",
  cluster_unavailable: "The contact centre is moving to another region. Try again in a moment.",
  not_active: "The contact centre is moving to another region. Try again in a moment.",
  stale_epoch: "The contact centre is moving to another region. Try again in a moment.",
  unavailable: "The contact centre cannot be reached just now. Try again in a moment.",
  deadline_exceeded: "The contact centre did not answer in time. Try again.",
  too_many_requests: "Too much at once. Wait a moment, then try again.",
  media_unavailable: "Your softphone is not ready. Check the microphone, then try again.",
  internal: "Something failed on our side. Try again; if it goes on, tell your supervisor.",
};

/** Says in plain words why the platform refused, and what to do. */
export function problemMessage(problem: Problem): string {
  return MESSAGES[problem.code] ?? problem.detail;
}
