/** A webhook whose signature was good, to be kept until its cluster has taken it. */
export interface InboxArrival {
  deliveryId: string;
  tenantId: string;
  assetId: string;
  /** Lower-case hex SHA-256 of the body. */
  hash: string;
  receivedAt: number;
  body: string;
}

/** An asset's inbox as operators see it. Times are in milliseconds since the Unix epoch. */
export interface InboxState {
  pending: number;
  /** When the oldest pending one came in. */
  oldest: number | null;
  /** Attempts in a row that the cluster did not take the oldest. */
  attempts: number;
  nextAttemptAt: number | null;
  failed: number;
  failures: { deliveryId: string; receivedAt: number; failedAt: number; reason: string }[];
}

/** What an asset's inbox object answers to the worker. */
export interface AssetInboxCalls {
  /** Stored durably when it returns, unless full. `repeat`: that very body is already here. */
  take(arrival: InboxArrival): Promise<"stored" | "repeat" | "full">;
  state(): Promise<InboxState>;
  /** Puts failed ones back, oldest first. Returns how many. */
  retryFailed(): Promise<number>;
}
