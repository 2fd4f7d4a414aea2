import { Counters } from "../../../protocol/telemetry/counters.ts";

/** Counters of this isolate. A platform with many isolates adds them up by their log lines. */
export const counters = new Counters();
