import type { Counters } from "../../../protocol/telemetry/counters.ts";

/** Kinds of legs, as counters and logs name them. */
export type LegKind = "carrier" | "agent" | "bot";

/** Why a received packet was dropped. */
export type DropReason = "source" | "malformed" | "payload" | "duplicate" | "oversize";

/** Packets of the whole process, as plain numbers; written out when someone looks. */
export class RtpCounters {
  readonly received = { carrier: 0, agent: 0, bot: 0 };
  readonly sent = { carrier: 0, agent: 0, bot: 0 };
  readonly dropped: Record<DropReason, number> = {
    source: 0,
    malformed: 0,
    payload: 0,
    duplicate: 0,
    oversize: 0,
  };

  /** Writes the numbers of now into the process's counters: call on scrape. */
  export(counters: Counters): void {
    const name = "antiphon_rtp_packets_total";
    for (const leg of ["carrier", "agent", "bot"] as const) {
      counters.set(name, this.received[leg], { direction: "in", leg });
      counters.set(name, this.sent[leg], { direction: "out", leg });
    }
    for (const [reason, value] of Object.entries(this.dropped)) {
      counters.set("antiphon_rtp_dropped_total", value, { reason });
    }
  }
}
