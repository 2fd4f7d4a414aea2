import type { AuditLine } from "./cluster_desk.ts";

const EVENTS: Readonly<Record<Exclude<AuditLine["event"], "drill">, string>> = {
  bootstrapped: "was made",
  "lease-acquired": "got the lease",
  "lease-lost": "lost the lease",
  promoted: "was promoted",
  degraded: "does not wait for its standby any more",
  restored: "waits for its standby again",
  seeded: "was seeded anew",
  rejoined: "follows again",
  "switch-over": "was moved as planned",
  "switch-over-refused": "was not moved",
  "forced-promotion": "was promoted by force",
  "server-restarted": "started its PostgreSQL again",
  "duplicate-keeper": "heard of a second keeper with its name",
};

/** One line of a cluster's audit in words. */
export function describeAudit(line: AuditLine): string {
  const at = new Date(line.at).toISOString();
  if (line.event === "drill") {
    const { from, to, activeMs, redundantMs, requestedBy } = line;
    return `${at}  drill from ${from} to ${to}: active after ${activeMs} ms, redundant again ` +
      `after ${redundantMs} ms (${requestedBy})`;
  }
  const { site, event, by, term, epoch, facts } = line;
  const more = Object.entries(facts).map(([name, value]) => `${name} ${plain(value)}`);
  const where = `term ${term}${epoch === null ? "" : `, epoch ${epoch}`}`;
  return [`${at}  ${site} ${EVENTS[event]} (${where}; ${by})`, ...more].join(", ");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
