import { AntiphonError } from "../../../../protocol/errors/antiphon_error.ts";
import type { KeptServer } from "../../decisions/kept_server.ts";
import { NOTHING_SEEN } from "../../decisions/nothing_seen.ts";
import type { ServerObservation } from "../../decisions/server_observation.ts";

/** A server that does at once what it is asked to, and notes it. */
export class KeptServerDouble implements KeptServer {
  readonly asked: string[] = [];
  /** Calls of this name fail. */
  failing = new Set<string>();
  seen: ServerObservation = { ...NOTHING_SEEN, disk: 1 << 30 };

  observe(): Promise<ServerObservation> {
    return Promise.resolve(this.seen);
  }
  bootstrap(): Promise<void> {
    return this.#do("bootstrap", { hasData: true, ...PRIMARY });
  }
  startPrimary(synchronous: string | null): Promise<void> {
    return this.#do("startPrimary", { ...PRIMARY, synchronous });
  }
  startStandby(): Promise<void> {
    return this.#do("startStandby", { running: true, accepting: true, recovery: true });
  }
  promote(): Promise<void> {
    return this.#do("promote", PRIMARY);
  }
  stop(mode: "fast" | "immediate"): Promise<void> {
    return this.#do(`stop ${mode}`, { running: false, accepting: false, recovery: null });
  }
  seed(): Promise<void> {
    return this.#do("seed", { hasData: true, running: true, accepting: true, recovery: true });
  }
  setSynchronous(standby: string | null): Promise<void> {
    return this.#do("setSynchronous", { synchronous: standby });
  }
  checkpoint(): Promise<void> {
    return this.#do("checkpoint", {});
  }

  #do(name: string, seen: Partial<ServerObservation>): Promise<void> {
    this.asked.push(name);
    if (this.failing.has(name)) {
      return Promise.reject(new AntiphonError("unavailable", `${name} fails`));
    }
    this.seen = { ...this.seen, ...seen };
    return Promise.resolve();
  }
}

const PRIMARY: Partial<ServerObservation> = {
  running: true,
  accepting: true,
  recovery: false,
  timeline: 1,
  position: 100n,
  writes: "ok",
};
