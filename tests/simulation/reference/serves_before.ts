import type { ContactTerms } from "./contact_terms.ts";

/** Whether `a` is to be served before `b` by an agent who may take both. */
export function servesBefore(a: ContactTerms, b: ContactTerms): boolean {
  if ((a.agentId === null) !== (b.agentId === null)) return a.agentId !== null;
  if (a.relativePriority !== b.relativePriority) return a.relativePriority > b.relativePriority;
  if (a.priority !== b.priority) return a.priority > b.priority;
  if (a.queuedAt !== b.queuedAt) return a.queuedAt < b.queuedAt;
  return a.order < b.order;
}
