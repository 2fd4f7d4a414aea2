import type { LeaseAnswer } from "../../../protocol/keeper/lease_answer.ts";
import type { SwitchOver } from "../../../protocol/keeper/switch_over.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { answerLease } from "../decisions/answer_lease.ts";
import { decideKeeper } from "../decisions/decide_keeper.ts";
import type { KeeperAction } from "../decisions/keeper_action.ts";
import type { KeeperMemory } from "../decisions/keeper_memory.ts";
import type { OperationResult, SwitchOverCommand } from "../decisions/keeper_observation.ts";
import { type KeeperSetup, type KeeperState, newKeeperState } from "../decisions/keeper_state.ts";
import type { KeptServer, PeerAddress, SeedProgress } from "../decisions/kept_server.ts";
import type { ServerObservation } from "../decisions/server_observation.ts";
import { type LeaseState, newLease } from "../lease/lease_state.ts";
import type { LeaseView } from "../lease/lease_view.ts";
import { type LeaseEvent, stepLease } from "../lease/step_lease.ts";
import { viewLease } from "../lease/view_lease.ts";
import { pause } from "../postgres/pause.ts";
import { within } from "../postgres/within.ts";
import type { KeeperPorts } from "./keeper_ports.ts";
import type { PeerState, Take } from "./peer_state.ts";
import { ServerOperations } from "./server_operations.ts";

/** Between two ticks of the lease and of the decisions, in milliseconds. */
const TICK_MS = 50;
/** Between two looks at the cell and at the other keeper. */
const NEIGHBOURS_MS = 500;

/** A disk that takes longer, in milliseconds, has not remembered. */
const REMEMBER_MS = 2000;

/** What a {@linkcode ClusterKeeper} works with. */
export interface ClusterKeeperOptions {
  setup: KeeperSetup;
  /** Which of the keepers of this site's name this one is. */
  instance: string;
  /** Sites of all witnesses. */
  witnesses: readonly string[];
  memory: KeeperMemory | null;
  server: KeptServer;
  /** The other site's server. */
  peer: PeerAddress;
  ports: KeeperPorts;
  /** Monotonic milliseconds that go on while the machine sleeps. */
  now: () => number;
  wall: () => number;
  log: Logger;
}

/** What a keeper sees of one cluster at a moment. */
export interface ClusterPicture {
  state: Readonly<KeeperState>;
  lease: LeaseView;
  server: ServerObservation | null;
  cell: { healthy: boolean; active: boolean } | null;
  peer: PeerState | null;
  seeding: SeedProgress | null;
}

/**
 * Keeps one cluster at one site: looks, decides and acts. The lease is renewed and the server looked
 * at whatever else is being done.
 */
export class ClusterKeeper {
  readonly #options: ClusterKeeperOptions;
  readonly #operations: ServerOperations;
  #lease: LeaseState;
  #state: KeeperState;
  #server: ServerObservation | null = null;
  #serverAt: number;
  #cell: ClusterPicture["cell"] = null;
  #peer: PeerState | null = null;
  #results: OperationResult[] = [];
  #requests: SwitchOverCommand[] = [];
  #actions: Promise<void> = Promise.resolve();
  #timers: ReturnType<typeof setInterval>[] = [];
  #looking = false;
  #lookAgain = false;
  #meeting = false;
  #deciding = false;
  #acting = false;
  #closed = false;

  constructor(options: ClusterKeeperOptions) {
    const { setup, instance, witnesses, memory, server, peer, now } = options;
    this.#options = options;
    this.#operations = new ServerOperations(server, new Map([[peer.site, peer]]));
    this.#lease = newLease(
      { self: { site: setup.site, instance }, witnesses, times: setup.times },
      now(),
    );
    this.#state = newKeeperState(setup, memory, now());
    this.#serverAt = now();
  }

  /** Begins to keep. */
  start(): void {
    const { lookEveryMs } = this.#options.setup.times;
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => this.#look(), lookEveryMs),
      setInterval(() => this.#meet(), NEIGHBOURS_MS),
    ];
    this.#look();
    this.#meet();
  }

  /** Monotonic milliseconds, the clock of the picture's times. */
  now(): number {
    return this.#options.now();
  }

  /** What is known at this moment. */
  get picture(): ClusterPicture {
    return {
      state: this.#state,
      lease: viewLease(this.#lease, this.#options.now()),
      server: this.#server,
      cell: this.#cell,
      peer: this.#peer,
      seeding: this.#operations.seeding,
    };
  }

  /** What the cell beside the keeper is told; from memory. */
  answerLease(): LeaseAnswer {
    const now = this.#options.now();
    if (this.#closed) {
      const { clusterId, site } = this.#options.setup;
      return { clusterId, site, held: false, validMs: 0, active: null };
    }
    const lease = viewLease(this.#lease, now);
    const { state, answer } = answerLease(this.#state, lease, this.#server, now);
    this.#state = state;
    return answer;
  }

  /** Takes an operator's wish, and gives what has been decided of it by then. */
  async request(command: SwitchOverCommand): Promise<SwitchOver | undefined> {
    this.#requests.push(command);
    while (this.#acting) await this.#actions;
    this.#decide();
    return this.#state.switchOvers.find(({ id }) => id === command.id);
  }

  /** The other site has given its term back: no need to wait until it ends. */
  released(take: Take): void {
    this.#tell({ kind: "released", ...take });
    this.#tell({ kind: "look" });
  }

  /** Ends: no more decisions. The lease and the server are left as they are. */
  async leave(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#actions;
  }

  /**
   * Ends with the server: it is stopped first, so that the standby has all it has, and the lease is
   * given back then.
   */
  async stop(): Promise<void> {
    const { server, setup, ports, log } = this.#options;
    this.#closed = true;
    const [tick, ...others] = this.#timers;
    for (const timer of others) clearInterval(timer);
    const near = this.#server?.standby?.sync === true && this.#state.serving;
    try {
      await this.#actions;
      await server.stop("fast");
      const { memory } = this.#state;
      if (near && memory?.data === "primary") await ports.remember({ ...memory, handedOver: true });
    } catch (error) {
      log.error("keeper.stop-failed", { error });
    }
    // The cell may act until what it was told ends.
    await pause(Math.max(0, this.#state.answeredUntil - this.#options.now()));
    clearInterval(tick);
    const { holding } = this.#lease;
    if (!holding) return;
    const heard = Promise.withResolvers<void>();
    const timer = setTimeout(heard.resolve, setup.times.requestTimeoutMs);
    this.#onAnswer = () => {
      if (!viewLease(this.#lease, this.#options.now()).releasing) heard.resolve();
    };
    this.#tell({ kind: "release", next: null });
    await heard.promise;
    clearTimeout(timer);
  }

  #onAnswer = () => this.#decide();

  #tick(): void {
    this.#tell({ kind: "tick" });
    if (!this.#closed) this.#decide();
  }

  /** Hands an event to the lease, and sends what it wants to be sent. */
  #tell(event: LeaseEvent): void {
    const step = stepLease(this.#lease, event, this.#options.now());
    this.#lease = step.state;
    for (const { call, to, request } of step.send) {
      this.#options.ports.askWitness(to, request).then((answer) => {
        this.#tell({ kind: "answer", call, answer });
        this.#onAnswer();
      });
    }
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const at = this.#options.now();
    const seen = await this.#options.server.observe();
    this.#looking = false;
    [this.#server, this.#serverAt] = [seen, at];
    if (this.#lookAgain) {
      this.#lookAgain = false;
      this.#look();
    }
    this.#decide();
  }

  async #meet(): Promise<void> {
    if (this.#meeting) return;
    this.#meeting = true;
    const { ports } = this.#options;
    [this.#cell, this.#peer] = await Promise.all([ports.lookAtCell(), ports.lookAtPeer()]);
    this.#meeting = false;
  }

  #decide(): void {
    // What was decided must have been begun before the next decision counts on it.
    if (this.#closed || this.#deciding || this.#acting) return;
    this.#deciding = true;
    try {
      const { now, wall } = this.#options;
      const at = now();
      const [results, requests] = [this.#results, this.#requests];
      [this.#results, this.#requests] = [[], []];
      const { state, actions } = decideKeeper(this.#state, {
        lease: viewLease(this.#lease, at),
        server: this.#server,
        serverAt: this.#serverAt,
        cell: this.#cell,
        peer: this.#peer,
        results,
        requests,
        wall: wall(),
      }, at);
      this.#state = state;
      this.#act(actions);
    } finally {
      this.#deciding = false;
    }
  }

  /** An immediate stop waits for nothing; all else goes in order. */
  #act(actions: readonly KeeperAction[]): void {
    const urgent = actions.filter(isUrgent);
    const others = actions.filter((action) => !isUrgent(action));
    for (const action of urgent) this.#begin(action);
    const at = others.findIndex(({ kind }) => kind === "remember");
    for (const action of at < 0 ? others : others.slice(0, at)) this.#begin(action);
    if (at < 0) return;
    this.#acting = true;
    this.#actions = this.#actInOrder(others.slice(at)).finally(() => {
      this.#acting = false;
      this.#decide();
    });
  }

  async #actInOrder(actions: readonly KeeperAction[]): Promise<void> {
    let remembered = true;
    for (const action of actions) {
      if (action.kind === "remember") remembered = await this.#remember(action.memory);
      else if (remembered) this.#begin(action);
      else this.#refuse(action);
    }
  }

  #begin(action: KeeperAction): void {
    const { ports, setup } = this.#options;
    switch (action.kind) {
      case "server":
        this.#note(action);
        this.#operations.run(action).then((result) => this.#finish(result));
        break;
      case "cell": {
        const { id, operation, timeoutMs } = action;
        const forMs = operation.kind === "drain" ? operation.forMs : 0;
        ports.drainCell(forMs, timeoutMs).then(
          () => this.#finish({ id, error: null }),
          (error) => this.#finish({ id, error: messageOf(error) }),
        );
        break;
      }
      case "take":
        ports.tellPeer({ site: setup.site, term: this.#lease.term });
        break;
      case "audit":
        this.#audit(action.entry);
        break;
      case "position":
      case "acquire":
      case "publish":
      case "release":
        this.#tell(action);
        break;
    }
  }

  #note({ operation }: Extract<KeeperAction, { kind: "server" }>): void {
    this.#options.log.info("server.operation", { operation: operation.kind });
  }

  #finish(result: OperationResult): void {
    if (result.error !== null) {
      this.#options.log.warn("operation.failed", { id: result.id, error: result.error });
    }
    this.#results.push(result);
    this.#decide();
    // The next step counts on what is seen after this one; a look that runs is older.
    this.#lookAgain = this.#looking;
    this.#look();
  }

  async #remember(memory: KeeperMemory): Promise<boolean> {
    try {
      await within(REMEMBER_MS, "remembering", this.#options.ports.remember(memory));
      return true;
    } catch (error) {
      this.#options.log.error("keeper.memory-failed", { error });
      return false;
    }
  }

  /** What was not remembered must not be acted on; what only gives away may be. */
  #refuse(action: KeeperAction): void {
    if (action.kind === "server" || action.kind === "cell") {
      this.#finish({ id: action.id, error: "the state folder cannot be written" });
    } else if (action.kind !== "acquire" && action.kind !== "publish") this.#begin(action);
  }

  #audit(entry: Extract<KeeperAction, { kind: "audit" }>["entry"]): void {
    const { ports, setup, wall, log } = this.#options;
    const { clusterId, site } = setup;
    const { event, ...rest } = entry;
    const word = event === "duplicate-keeper" || event === "degraded" ? "warn" : "info";
    log[word]("keeper.audit", { what: event, ...rest });
    ports.audit({ ...entry, at: wall(), clusterId, site }).catch((error) => {
      log.error("keeper.audit-failed", { error, what: event });
    });
  }
}

function isUrgent(
  action: KeeperAction,
): action is Extract<KeeperAction, { kind: "server" }> {
  return action.kind === "server" && action.operation.kind === "stop" &&
    action.operation.mode === "immediate";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
