import type { LeaseView } from "../../lease/lease_view.ts";
import type { WitnessRecord } from "../../lease/witness_record.ts";
import { decideKeeper } from "../decide_keeper.ts";
import type { KeeperAction, ServerOperation } from "../keeper_action.ts";
import type { KeeperMemory } from "../keeper_memory.ts";
import type { KeeperObservation } from "../keeper_observation.ts";
import { type KeeperState, newKeeperState } from "../keeper_state.ts";
import { KEEPER_TIMES } from "../keeper_times.ts";
import { NOTHING_SEEN } from "../nothing_seen.ts";
import type { ServerObservation } from "../server_observation.ts";

export const HOME = "eu-central";
export const PEER = "us-east";

/** A server that is not there. */
export const NO_SERVER: ServerObservation = { ...NOTHING_SEEN, disk: 1e9 };

export const NO_LEASE: LeaseView = {
  mine: null,
  acquiring: false,
  releasing: false,
  majority: true,
  newest: null,
  blank: false,
  duplicate: false,
};

/** A keeper at its home site whose surroundings a test sets as it likes. */
export class KeeperBench {
  state: KeeperState;
  now = 10_000;
  seen: KeeperObservation = {
    lease: NO_LEASE,
    server: NO_SERVER,
    serverAt: 10_000,
    cell: { healthy: true, active: true },
    peer: { healthy: true, cellHealthy: true },
    results: [],
    requests: [],
    wall: 1_800_000_000_000,
  };

  constructor(memory: KeeperMemory | null = null) {
    const setup = { clusterId: "E39", site: HOME, peer: PEER, home: HOME, times: KEEPER_TIMES };
    this.state = newKeeperState(setup, memory, this.now);
  }

  /** Decides after `ms`, with what is seen changed as given. */
  step(ms: number, change: Partial<KeeperObservation> = {}): KeeperAction[] {
    this.now += ms;
    this.seen = { ...this.seen, results: [], requests: [], serverAt: this.now, ...change };
    const { state, actions } = decideKeeper(this.state, this.seen, this.now);
    this.state = state;
    return actions.filter((it) => it.kind !== "position");
  }

  /** The same, with the server's running operation ended. */
  done(ms: number, change: Partial<KeeperObservation> = {}, error: string | null = null) {
    const { id } = this.state.server!;
    return this.step(ms, { results: [{ id, error }], ...change });
  }

  get operation(): ServerOperation["kind"] | null {
    return this.state.server?.operation.kind ?? null;
  }
}

/** A server that runs as a primary, with a standby that is near unless told otherwise. */
export function primary(change: Partial<ServerObservation> = {}): ServerObservation {
  const standby = {
    name: PEER,
    state: "streaming",
    sync: true,
    replayed: 5000n,
    lagMs: 10,
    silentMs: 50,
  };
  return {
    ...NO_SERVER,
    running: true,
    hasData: true,
    accepting: true,
    recovery: false,
    timeline: 1,
    position: 5000n,
    standby,
    synchronous: PEER,
    writes: "ok",
    ...change,
  };
}

/** A server that runs as a standby. */
export function standby(change: Partial<ServerObservation> = {}): ServerObservation {
  return {
    ...NO_SERVER,
    running: true,
    hasData: true,
    accepting: true,
    recovery: true,
    timeline: 1,
    position: 4000n,
    replayed: 4000n,
    receiver: "streaming",
    ...change,
  };
}

/** The lease as its holder sees it: published in its term and durable unless told otherwise. */
export function held(
  term: number,
  inSync: string[],
  change: Partial<NonNullable<LeaseView["mine"]>> = {},
): LeaseView {
  const sync = { term, revision: 1, inSync };
  const mine = { term, validUntil: Infinity, sync, durable: true, ...change };
  return { ...elsewhere(HOME, term, inSync), mine };
}

/** The lease as others see it. */
export function elsewhere(
  site: string | null,
  term: number,
  inSync: string[],
  change: Partial<NonNullable<LeaseView["newest"]>> = {},
  next: string | null = null,
): LeaseView {
  const sync = { term, revision: 1, inSync };
  const position = { timeline: 1, lsn: "0/1388", at: 1_799_999_999_000 };
  const record: WitnessRecord = {
    clusterId: "E39",
    term,
    holder: site ? { site, instance: `${site}-1` } : null,
    ttlMs: 2500,
    sync,
    position,
    next,
  };
  const live = site !== null;
  const liveMs = site === PEER ? 2000 : 0;
  return { ...NO_LEASE, newest: { record, sync, position, live, liveMs, ...change } };
}

/** Kinds of actions, with the server's operations by name. */
export function kinds(actions: readonly KeeperAction[]): string[] {
  return actions.map((it) => it.kind === "server" ? it.operation.kind : it.kind)
    .filter((it) => it !== "audit");
}
