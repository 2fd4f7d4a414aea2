import type { KeeperAudit } from "../../../../protocol/keeper/keeper_audit.ts";
import { createLogger } from "../../../../protocol/telemetry/logger.ts";
import type { KeeperMemory } from "../../decisions/keeper_memory.ts";
import { KEEPER_TIMES } from "../../decisions/keeper_times.ts";
import { decideWitness } from "../../lease/decide_witness.ts";
import { bootWitness, type WitnessState } from "../../lease/witness_state.ts";
import { ClusterKeeper } from "../cluster_keeper.ts";
import type { KeeperPorts } from "../keeper_ports.ts";
import { KeptServerDouble } from "./kept_server_double.ts";

/** A keeper of E39 at its home, with a server and witnesses that are not real. */
export class ClusterKeeperDouble {
  readonly server = new KeptServerDouble();
  readonly audit: KeeperAudit[] = [];
  readonly order: string[] = [];
  readonly keeper: ClusterKeeper;
  memory: KeeperMemory | null = null;
  forgets = false;
  drained: number[] = [];

  constructor(ports: Partial<KeeperPorts> = {}) {
    const witnesses = new Map<string, WitnessState>();
    const now = () => performance.now();
    this.keeper = new ClusterKeeper({
      setup: {
        clusterId: "E39",
        site: "eu-central",
        peer: "us-east",
        home: "eu-central",
        times: { ...KEEPER_TIMES, lookEveryMs: 20 },
      },
      instance: "one",
      witnesses: ["eu-central", "us-east", "control"],
      memory: null,
      server: this.server,
      peer: { site: "us-east", host: "127.0.2.1", port: 5432 },
      now,
      wall: () => 1_700_000_000_000,
      log: createLogger({ service: "keeper:eu-central", write: () => {} }),
      ports: {
        askWitness: (site, request) => {
          const state = witnesses.get(site) ?? bootWitness(null, 0);
          const decision = decideWitness(state, "E39", request, now());
          witnesses.set(site, decision.state);
          return Promise.resolve(decision.answer);
        },
        lookAtCell: () => Promise.resolve({ healthy: true, active: false }),
        drainCell: (forMs) => Promise.resolve(void this.drained.push(forMs)),
        lookAtPeer: () => Promise.resolve(null),
        tellPeer: () => Promise.resolve(),
        remember: (memory) => {
          if (this.forgets) return Promise.reject(new Error("disk full"));
          this.order.push(`remembers ${memory.data} after ${this.server.asked.length} calls`);
          this.memory = memory;
          return Promise.resolve();
        },
        audit: (entry) => Promise.resolve(void this.audit.push(entry)),
        ...ports,
      },
    });
  }
}
