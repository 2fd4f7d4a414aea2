import type { SwitchOverRequest } from "../../../protocol/keeper/switch_over.ts";
import type { LeaseView } from "../lease/lease_view.ts";
import type { ServerObservation } from "./server_observation.ts";

/** How an operation of an earlier decision ended. */
export interface OperationResult {
  id: number;
  error: string | null;
  /** A seeding that failed before it wiped anything. */
  untouched?: boolean;
}

/** A switch-over that an operator asks for, under the id by which it can be followed. */
export interface SwitchOverCommand extends SwitchOverRequest {
  id: string;
}

/** What a keeper sees when it decides. */
export interface KeeperObservation {
  lease: LeaseView;
  /** Null before the first look. */
  server: ServerObservation | null;
  /** Monotonic time at which that look began. */
  serverAt: number;
  /** The cell beside it: whether it answers; null before the first look. */
  cell: { healthy: boolean; active: boolean } | null;
  /** The same at the other data site, as that site's keeper tells; null when it does not answer. */
  peer: { healthy: boolean; cellHealthy: boolean } | null;
  results: readonly OperationResult[];
  /** New since the last decision. */
  requests: readonly SwitchOverCommand[];
  /** Wall clock, ms since the Unix epoch: only for what people read. */
  wall: number;
}
