/** A stored snapshot: its version, and `EdgeConfiguration` as JSON; and whose word it is. */
export interface StoredConfiguration {
  version: string;
  json: string;
  /** Grows with every change: an older snapshot is never taken again. */
  sequence: number;
  /** The pinned key that signed it. */
  kid: string;
}

/** What the configuration object answers to the worker and to other objects. */
export interface ConfigurationCalls {
  /** The snapshot held, unless it is of version `known`. Starts following the control plane. */
  current(known: string | null): Promise<StoredConfiguration | "same" | "none">;
  /** Asks the control plane, at most four times a second, then answers as `current` does. */
  refreshed(known: string | null): Promise<StoredConfiguration | "same" | "none">;
}

/** Name of the one configuration object. */
export const CONFIGURATION_NAME = "configuration";
