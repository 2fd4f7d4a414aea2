import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { KeeperAudit } from "../../../protocol/keeper/keeper_audit.ts";
import type { KeeperStatus } from "../../../protocol/keeper/keeper_status.ts";
import type { SwitchOver, SwitchOverRequest } from "../../../protocol/keeper/switch_over.ts";

const STEPS = ["checking", "draining", "stopping", "handing-over", "done"] as const;
const AT = 1_800_000_000_000;

/** A cluster of two sites as its keepers would tell of it; it goes on a step with each look. */
export class ClusterWorld {
  active = "eu-central";
  epoch = 3;
  term = 5;
  degraded: KeeperStatus["degraded"] = null;
  /** Sites whose keeper does not answer. */
  readonly away = new Set<string>();
  /** Looks at the world until the standby takes over from an active site that is away. */
  patience = 3;
  /** Why switch-overs are refused. */
  refusal: string | null = null;
  readonly audit: KeeperAudit[] = [];
  readonly moves = new Map<string, SwitchOver>();
  readonly clusterId: string;

  constructor(clusterId = "E39") {
    this.clusterId = clusterId;
  }

  get other(): string {
    return this.active === "eu-central" ? "us-east" : "eu-central";
  }

  /** What the keeper of a site says. */
  status(site: string): KeeperStatus {
    if (this.away.has(this.active) && !this.away.has(this.other) && --this.patience < 0) {
      this.#take(this.other);
      this.degraded = { since: AT, reason: "its standby is away" };
    }
    if (this.away.size === 0) this.degraded = null;
    const active = site === this.active;
    return {
      ...{ clusterId: this.clusterId, site, role: active ? "primary" : "standby" },
      lease: { held: active, validMs: active ? 2100 : 0, term: this.term, holder: this.active },
      ...{ epoch: this.epoch, position: "0/3000060", problem: null },
      inSync: this.degraded ? [this.active] : ["eu-central", "us-east"],
      replication: active ? this.#replication() : null,
      degraded: active ? this.degraded : null,
      disk: { freeBytes: 80 * 2 ** 30 },
    };
  }

  /** Begins a switch-over. @throws AntiphonError `state_not_allowed`, as a keeper does */
  begin(request: SwitchOverRequest): SwitchOver {
    const { to, rehearse, force, requestedBy } = request;
    const move: SwitchOver = {
      ...{ id: crypto.randomUUID(), clusterId: this.clusterId, from: this.active, to, rehearse },
      ...{ forced: force !== undefined, requestedBy, requestedAt: AT },
      ...{ state: "checking", steps: [{ state: "checking", at: AT }] },
      checks: [{ name: "lag", ok: this.refusal === null, detail: this.refusal ?? "0 bytes" }],
      ...{ epochBefore: this.epoch, epochAfter: null, problem: null },
    };
    this.moves.set(move.id, move);
    if (this.refusal === null) return move;
    Object.assign(move, { state: "refused", problem: this.refusal });
    throw new AntiphonError("state_not_allowed", this.refusal, { data: { switchOver: move } });
  }

  /** Takes a switch-over one step on. */
  step(id: string): SwitchOver {
    const move = this.moves.get(id)!;
    if (["done", "refused", "failed"].includes(move.state)) return move;
    let state: SwitchOver["state"] = STEPS[STEPS.indexOf(move.state as "checking") + 1];
    if (move.rehearse) state = "done";
    move.state = state;
    move.steps.push({ state, at: AT + move.steps.length * 100 });
    if (state === "done" && !move.rehearse) {
      this.#take(move.to);
      move.epochAfter = this.epoch;
    }
    return move;
  }

  #take(site: string): void {
    this.active = site;
    this.epoch++;
    this.term++;
    this.patience = 3;
    this.audit.push({
      ...{ at: AT + this.term, clusterId: this.clusterId, site, event: "promoted", by: "keeper" },
      ...{ term: this.term, epoch: this.epoch, facts: { tookMs: 130 } },
    });
  }

  #replication(): KeeperStatus["replication"] {
    const standby = this.other;
    if (this.away.has(standby)) {
      return { standby, state: "away", sync: false, lagBytes: null, lagMs: null };
    }
    return { standby, state: "streaming", sync: this.degraded === null, lagBytes: 0, lagMs: 2 };
  }
}
