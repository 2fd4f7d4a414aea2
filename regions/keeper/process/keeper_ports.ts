import type { KeeperAudit } from "../../../protocol/keeper/keeper_audit.ts";
import type { KeeperMemory } from "../decisions/keeper_memory.ts";
import type { WitnessAnswer } from "../lease/witness_answer.ts";
import type { WitnessRequest } from "../lease/witness_request.ts";
import type { PeerState, Take } from "./peer_state.ts";

/** What a cluster's keeper reaches besides its server. Every call ends by a deadline of its own. */
export interface KeeperPorts {
  /** Null: no answer. Never rejects. */
  askWitness(site: string, request: WitnessRequest): Promise<WitnessAnswer | null>;
  /** Never rejects. */
  lookAtCell(): Promise<{ healthy: boolean; active: boolean }>;
  /** Has the cell hold still for so long, or go on with 0. Rejects when it does not. */
  drainCell(forMs: number, timeoutMs: number): Promise<void>;
  /** Null: no answer. Never rejects. */
  lookAtPeer(): Promise<PeerState | null>;
  /** Tells the other site that a term was given back. Never rejects. */
  tellPeer(take: Take): Promise<void>;
  /** Done when it is on the disk for good. */
  remember(memory: KeeperMemory): Promise<void>;
  /** The same. */
  audit(entry: KeeperAudit): Promise<void>;
}
