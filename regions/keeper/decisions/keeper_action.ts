import type { KeeperAudit } from "../../../protocol/keeper/keeper_audit.ts";
import type { SyncSet, WalPosition } from "../lease/witness_record.ts";
import type { KeeperMemory } from "./keeper_memory.ts";

/** What the server is to do. One at a time; `stop` with "immediate" ends the one that runs. */
export type ServerOperation =
  | { kind: "bootstrap" }
  | { kind: "start-primary"; synchronous: string | null }
  | { kind: "start-standby"; primary: string }
  | { kind: "promote"; above: number }
  | { kind: "stop"; mode: "fast" | "immediate" }
  | { kind: "seed"; primary: string }
  | { kind: "set-synchronous"; standby: string | null }
  | { kind: "checkpoint" };

/** What the cell beside the server is to do. */
export type CellOperation = { kind: "drain"; forMs: number } | { kind: "resume" };

/**
 * What a keeper is to do. Actions of one decision are begun in their order; `remember` is durable
 * before the next is begun. `server` and `cell` end in a result that a later observation brings.
 */
export type KeeperAction =
  | { kind: "remember"; memory: KeeperMemory }
  | { kind: "server"; id: number; operation: ServerOperation; timeoutMs: number }
  | { kind: "cell"; id: number; operation: CellOperation; timeoutMs: number }
  /** To the lease core. A publish is numbered by it. */
  | { kind: "acquire"; mode: "in-sync" | "bootstrap" | "accept-loss" }
  | { kind: "publish"; inSync: SyncSet["inSync"] }
  | { kind: "release"; next: string | null }
  /** Where the primary's log is; comes before the publish of the same decision. */
  | { kind: "position"; position: WalPosition }
  /** Tells another site's keeper that the last term was given back: a "released" event there. */
  | { kind: "take"; site: string }
  | { kind: "audit"; entry: Pick<KeeperAudit, "event" | "by" | "term" | "epoch" | "facts"> };
