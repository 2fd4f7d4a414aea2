import { erlangB } from "./erlang_b.ts";

/** What a line of patient callers comes to (M/M/c). Times in the unit of `service`. */
export interface PatientLine {
  /** Probability that a caller waits. */
  waits: number;
  /** Mean wait of all callers. */
  meanWait: number;
}

/**
 * Erlang's delay formula, by way of the loss formula: C = B / (1 - u (1 - B)) where u = a / c.
 *
 * @param load Arrivals a mean service time brings; less than `servers`.
 * @param service Mean service time.
 */
export function erlangC(servers: number, load: number, service: number): PatientLine {
  const blocked = erlangB(servers, load);
  const waits = blocked / (1 - (load / servers) * (1 - blocked));
  return { waits, meanWait: waits * service / (servers - load) };
}
