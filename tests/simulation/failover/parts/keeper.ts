import { answerLease } from "../../../../regions/keeper/decisions/answer_lease.ts";
import { decideKeeper } from "../../../../regions/keeper/decisions/decide_keeper.ts";
import type {
  CellOperation,
  KeeperAction,
  ServerOperation,
} from "../../../../regions/keeper/decisions/keeper_action.ts";
import type { KeeperMemory } from "../../../../regions/keeper/decisions/keeper_memory.ts";
import type {
  KeeperObservation,
  OperationResult,
  SwitchOverCommand,
} from "../../../../regions/keeper/decisions/keeper_observation.ts";
import {
  type KeeperState,
  newKeeperState,
} from "../../../../regions/keeper/decisions/keeper_state.ts";
import { KEEPER_TIMES } from "../../../../regions/keeper/decisions/keeper_times.ts";
import type { ServerObservation } from "../../../../regions/keeper/decisions/server_observation.ts";
import { decideWitness } from "../../../../regions/keeper/lease/decide_witness.ts";
import { type LeaseState, newLease } from "../../../../regions/keeper/lease/lease_state.ts";
import { type LeaseEvent, stepLease } from "../../../../regions/keeper/lease/step_lease.ts";
import { viewLease } from "../../../../regions/keeper/lease/view_lease.ts";
import type { WitnessAnswer } from "../../../../regions/keeper/lease/witness_answer.ts";
import type { WitnessRecord } from "../../../../regions/keeper/lease/witness_record.ts";
import type { WitnessRequest } from "../../../../regions/keeper/lease/witness_request.ts";
import { bootWitness, type WitnessState } from "../../../../regions/keeper/lease/witness_state.ts";
import type { LeaseAnswer } from "../../../../protocol/keeper/lease_answer.ts";
import type { Cell } from "./cell.ts";
import type { Postgres } from "./postgres.ts";
import { Process } from "./process.ts";
import type { Surroundings } from "./surroundings.ts";

const TIMES = { ...KEEPER_TIMES, readmitAfterMs: 1500 };
const LOOK_MS = 100;

/** What a keeper needs around it. */
export interface AroundKeeper extends Surroundings {
  readonly keepers: Readonly<Record<string, Keeper>>;
  readonly postgres: Readonly<Record<string, Postgres>>;
  observeKeeper(
    keeper: Keeper,
    seen: KeeperObservation,
    actions: readonly KeeperAction[],
  ): void;
}

/** A keeper's process with its disk: the real decisions around a simulated shell. */
export class Keeper {
  readonly process: Process;
  /** What outlives the process. */
  disk: { memory: KeeperMemory | null; record: WitnessRecord | null } = {
    memory: null,
    record: null,
  };
  witness: WitnessState = bootWitness(null, 0);
  lease!: LeaseState;
  state!: KeeperState;
  #server: { seen: ServerObservation; at: number } | null = null;
  #results: OperationResult[] = [];
  #requests: SwitchOverCommand[] = [];
  #peerHeard: { at: number; cellHealthy: boolean } | null = null;
  #operation = 0;

  constructor(
    readonly world: AroundKeeper,
    readonly site: string,
    readonly instance: string,
    /** Null at a site without data. */
    readonly server: Postgres | null,
    readonly cell: Cell | null,
    readonly peer: string,
  ) {
    this.process = new Process(world.queue, world.clocks[site]);
  }

  get now(): number {
    return this.process.clock.now;
  }

  start(): void {
    if (this.process.alive) return;
    const { world, site, instance } = this;
    this.process.start();
    this.witness = bootWitness(this.disk.record, this.now);
    if (!this.server) return;
    const self = { site, instance };
    const witnesses = world.sites;
    this.lease = newLease({ self, witnesses, times: TIMES }, this.now);
    const setup = { clusterId: "E39", site, peer: this.peer, home: world.home, times: TIMES };
    this.state = newKeeperState(setup, this.disk.memory, this.now);
    this.#server = null;
    this.#results = [];
    this.#requests = [];
    this.#peerHeard = null;
    this.#tick();
    this.#look();
    this.#greet();
  }

  /** A request to this site's witness. */
  ask(request: WitnessRequest, answer: (answer: WitnessAnswer) => void): void {
    const decision = decideWitness(this.witness, "E39", request, this.now);
    this.witness = decision.state;
    if (decision.write) this.disk.record = decision.write;
    this.process.after(decision.write ? 2 : 0.1, () => answer(decision.answer));
  }

  /** What the cell asks. */
  tellLease(): LeaseAnswer {
    const { now } = this;
    const view = viewLease(this.lease, now);
    const { state, answer } = answerLease(this.state, view, this.#server?.seen ?? null, now);
    this.state = state;
    return answer;
  }

  request(command: SwitchOverCommand): void {
    this.#requests.push(command);
    this.#decide();
  }

  /** Another keeper says that its term was given back. */
  released(site: string, term: number): void {
    this.#stepLease({ kind: "released", site, term });
    this.#decide();
  }

  #tick(): void {
    const before = viewLease(this.lease, this.now).mine;
    this.#stepLease({ kind: "tick" });
    if (!before !== !viewLease(this.lease, this.now).mine) this.#decide();
    this.process.after(50, () => this.#tick());
  }

  #stepLease(event: LeaseEvent): void {
    const { state, send } = stepLease(this.lease, event, this.now);
    this.lease = state;
    for (const { call, to, request } of send) {
      const witness = this.world.keepers[to];
      this.world.wires.call<WitnessAnswer>(
        this,
        witness,
        (answer) => witness.ask(request, answer),
        (answer) => this.#hear(call, answer),
      );
    }
  }

  #hear(call: number, answer: WitnessAnswer): void {
    const before = viewLease(this.lease, this.now);
    this.#stepLease({ kind: "answer", call, answer });
    const after = viewLease(this.lease, this.now);
    const differs = !before.mine !== !after.mine || before.mine?.durable !== after.mine?.durable ||
      before.releasing !== after.releasing;
    if (differs) this.#decide();
  }

  #look(): void {
    const at = this.now;
    this.process.after(this.world.random.between(2, 15), () => {
      this.#server = { seen: this.server!.observe(), at };
      this.#decide();
    });
    this.process.after(LOOK_MS, () => this.#look());
  }

  #greet(): void {
    const peer = this.world.keepers[this.peer];
    this.world.wires.call<boolean>(
      this,
      peer,
      (answer) => answer(peer.cell!.healthy),
      (cellHealthy) => this.#peerHeard = { at: this.now, cellHealthy },
    );
    this.process.after(500, () => this.#greet());
  }

  #decide(): void {
    const { now } = this;
    const heard = this.#peerHeard && now - this.#peerHeard.at < 2000 ? this.#peerHeard : null;
    const seen: KeeperObservation = {
      lease: viewLease(this.lease, now),
      server: this.#server?.seen ?? null,
      serverAt: this.#server?.at ?? 0,
      cell: { healthy: this.cell!.healthy, active: this.cell!.active },
      peer: heard ? { healthy: true, cellHealthy: heard.cellHealthy } : null,
      results: this.#results,
      requests: this.#requests,
      wall: this.process.clock.wall,
    };
    this.#results = [];
    this.#requests = [];
    const { state, actions } = decideKeeper(this.state, seen, now);
    this.state = state;
    this.world.observeKeeper(this, seen, actions);
    for (const action of actions) this.#act(action);
  }

  #act(action: KeeperAction): void {
    switch (action.kind) {
      case "remember":
        this.disk.memory = action.memory;
        return;
      case "acquire":
      case "publish":
      case "release":
      case "position":
        return this.#stepLease(action);
      case "take": {
        const other = this.world.keepers[action.site];
        const { term } = this.lease;
        return this.world.wires.send(
          this.site,
          action.site,
          () => other.process.run(other.process.generation, () => other.released(this.site, term)),
        );
      }
      case "server":
        return this.#operate(action.id, action.operation, action.timeoutMs);
      case "cell":
        return this.#tellCell(action.id, action.operation, action.timeoutMs);
      case "audit":
        return this.world.note(this.site, `${action.entry.event} ${JSON.stringify(action.entry)}`);
    }
  }

  #tellCell(id: number, operation: CellOperation, timeoutMs: number): void {
    const cell = this.cell!;
    let ended = false;
    const end = (error: string | null) => {
      if (ended) return;
      ended = true;
      this.#finish({ id, error });
    };
    this.process.after(timeoutMs, () => end("no answer"));
    this.world.wires.call<null>(this, cell, (answer) => {
      if (operation.kind === "drain") cell.drain(operation.forMs, () => answer(null));
      else {
        cell.resume();
        answer(null);
      }
    }, () => end(null));
  }

  #finish(result: OperationResult): void {
    this.#results.push(result);
    // The server is looked at at once, so that what it is now is known.
    if (this.server) this.#server = { seen: this.server.observe(), at: this.now };
    this.#decide();
  }

  #operate(id: number, operation: ServerOperation, timeoutMs: number): void {
    const server = this.server!;
    const { generation } = this.process;
    const mine = ++this.#operation;
    let ended = false;
    const end = (error: string | null, untouched = false) => {
      this.process.run(generation, () => {
        if (ended) return;
        ended = true;
        this.process.after(1, () => this.#finish({ id, error, untouched }));
      });
    };
    this.process.after(timeoutMs, () => end("too late"));
    switch (operation.kind) {
      case "bootstrap":
        server.kill();
        server.folder.wipe();
        return this.process.after(this.world.random.between(300, 900), () => {
          if (mine !== this.#operation) return end("ended");
          server.folder.state = "whole";
          server.start(null, end);
        });
      case "start-primary":
        if (server.running) return end("runs already");
        return server.start(operation.synchronous, end);
      case "start-standby":
        server.kill();
        server.folder.standby = true;
        return server.start(null, end);
      case "promote":
        return server.promote(operation.above, end);
      case "stop":
        if (operation.mode === "fast") return server.stopFast(() => end(null));
        return this.process.after(this.world.random.between(5, 40), () => {
          server.kill();
          end(null);
        });
      case "set-synchronous":
        return server.setSynchronous(operation.standby, end);
      case "checkpoint":
        return this.process.after(
          this.world.random.between(10, 60),
          () => end(server.accepting ? null : "not running"),
        );
      case "seed":
        return this.#seed(mine, end);
    }
  }

  #seed(mine: number, end: (error: string | null, untouched?: boolean) => void): void {
    const server = this.server!;
    const { world, peer } = this;
    const primary = world.postgres[peer];
    const reach = (then: (ok: boolean) => void) => {
      let heard = false;
      world.wires.call<boolean>(
        this,
        primary,
        (answer) => answer(primary.accepting && primary.recovery === false),
        (ok) => {
          if (!heard) then(ok);
          heard = true;
        },
      );
      this.process.after(2000, () => {
        if (!heard) then(false);
        heard = true;
      });
    };
    reach((ok) => {
      if (mine !== this.#operation) return end("ended", true);
      if (!ok) return end("the primary cannot be reached", true);
      server.kill();
      server.folder.wipe();
      this.process.after(world.random.between(300, 1500), () =>
        reach((ok) => {
          if (mine !== this.#operation || !ok) return end("the copy broke off");
          server.folder.copy(primary.folder);
          server.start(null, end);
        }));
    });
  }
}
