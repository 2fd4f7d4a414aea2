const KEY = "antiphon.desktop";

/** What the desktop remembers between visits. Nothing secret. */
export interface Preferences {
  tenant: string;
  ringing: boolean;
}

const DEFAULTS: Preferences = { tenant: "", ringing: true };

/** Reads and writes {@linkcode Preferences}; a storage that fails only means nothing is kept. */
export class PreferenceStore {
  #storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  read(): Preferences {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(KEY) ?? "{}");
      const { tenant, ringing } = kept as Record<string, unknown>;
      return {
        tenant: typeof tenant === "string" ? tenant.slice(0, 63) : DEFAULTS.tenant,
        ringing: typeof ringing === "boolean" ? ringing : DEFAULTS.ringing,
      };
    } catch {
      return DEFAULTS;
    }
  }

  write(change: Partial<Preferences>): void {
    try {
      this.#storage.setItem(KEY, JSON.stringify({ ...this.read(), ...change }));
    } catch {
      // A full or forbidden storage: the preference holds until the window closes.
    }
  }
}
