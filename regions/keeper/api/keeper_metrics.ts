import { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Keeper } from "../process/keeper.ts";
import { clusterStatus } from "./cluster_status.ts";

const ROLES = ["primary", "standby", "seeding", "starting", "stopped", "failed"] as const;

/**
 * A keeper's gauges in the Prometheus text format. Worth an alarm: `antiphon_keeper_degraded` is 1,
 * no site has `antiphon_keeper_lease_held` 1, `antiphon_keeper_in_sync_sites` is below 2,
 * `antiphon_keeper_problem` stays 1, `antiphon_keeper_majority` is 0, little
 * `antiphon_keeper_disk_free_bytes`. Lag is told by the active site only.
 */
export function keeperMetrics(keeper: Keeper): string {
  const gauges = new Counters();
  gauges.set("antiphon_keeper_up", 1, { site: keeper.file.site });
  for (const [clusterId, { keeper: it }] of keeper.clusters) {
    const labels = { clusterId };
    const { lease, server, seeding, state } = it.picture;
    const status = clusterStatus(it.picture, it.now());
    const set = (name: string, value: number | null | undefined) => {
      if (typeof value === "number") gauges.set(`antiphon_keeper_${name}`, value, labels);
    };
    set("lease_held", Number(status.lease.held));
    set("lease_valid_ms", Math.round(status.lease.validMs));
    set("term", status.lease.term);
    set("epoch", status.epoch);
    set("majority", Number(lease.majority));
    set("duplicate", Number(lease.duplicate));
    set("in_sync_sites", status.inSync.length);
    set("degraded", Number(status.degraded !== null));
    set("problem", Number(status.problem !== null));
    set("replication_sync", status.replication && Number(status.replication.sync));
    set("replication_lag_bytes", status.replication?.lagBytes);
    set("replication_lag_ms", status.replication?.lagMs);
    set("heartbeat_ok", server?.writes && Number(server.writes === "ok"));
    set("disk_free_bytes", status.disk?.freeBytes);
    set("operation_failures", state.failures);
    set("seeded_bytes", seeding?.copiedBytes);
    for (const role of ROLES) {
      gauges.set("antiphon_keeper_role", Number(role === status.role), { ...labels, role });
    }
  }
  for (const [server, sole] of keeper.soles) {
    const { server: seen, problem } = sole.picture;
    gauges.set("antiphon_keeper_sole_up", Number(seen?.accepting === true), { server });
    gauges.set("antiphon_keeper_sole_problem", Number(problem !== null), { server });
    if (seen) gauges.set("antiphon_keeper_sole_disk_free_bytes", seen.disk, { server });
  }
  return gauges.render();
}
