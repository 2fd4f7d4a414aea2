import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ServerOperation } from "../decisions/keeper_action.ts";
import type { OperationResult } from "../decisions/keeper_observation.ts";
import type { KeptServer, PeerAddress, SeedProgress } from "../decisions/kept_server.ts";
import { within } from "../postgres/within.ts";

/** A decision's order to the server. */
export interface ServerOrder {
  id: number;
  operation: ServerOperation;
  timeoutMs: number;
}

/** Carries out what was decided for a server, and tells how it ended. */
export class ServerOperations {
  readonly #server: KeptServer;
  readonly #peers: ReadonlyMap<string, PeerAddress>;
  #seeding: SeedProgress | null = null;

  /** @param peers the other sites' servers, by site */
  constructor(server: KeptServer, peers: ReadonlyMap<string, PeerAddress>) {
    this.#server = server;
    this.#peers = peers;
  }

  /** How far the seeding is that runs; null when none does. */
  get seeding(): SeedProgress | null {
    return this.#seeding;
  }

  /** Never rejects. After its time-out the operation may go on; the next one ends it. */
  async run({ id, operation, timeoutMs }: ServerOrder): Promise<OperationResult> {
    try {
      await within(timeoutMs, operation.kind, this.#begin(operation));
      return { id, error: null };
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      const untouched = error instanceof AntiphonError && error.data.untouched === true;
      return { id, error: words, untouched };
    }
  }

  async #begin(operation: ServerOperation): Promise<void> {
    const server = this.#server;
    switch (operation.kind) {
      case "bootstrap":
        return await server.bootstrap();
      case "start-primary":
        return await server.startPrimary(operation.synchronous);
      case "start-standby":
        return await server.startStandby(this.#peer(operation.primary));
      case "promote":
        return await server.promote(operation.above);
      case "stop":
        return await server.stop(operation.mode);
      case "seed":
        this.#seeding = { copiedBytes: 0, totalBytes: null };
        try {
          return await server.seed(
            this.#peer(operation.primary),
            (progress) => this.#seeding = progress,
          );
        } finally {
          this.#seeding = null;
        }
      case "set-synchronous":
        return await server.setSynchronous(operation.standby);
      case "checkpoint":
        return await server.checkpoint();
    }
  }

  #peer(site: string): PeerAddress {
    const peer = this.#peers.get(site);
    if (!peer) throw new AntiphonError("configuration_invalid", `No site is named ${site}`);
    return peer;
  }
}
