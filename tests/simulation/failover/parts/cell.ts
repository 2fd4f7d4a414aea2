import type { LeaseAnswer } from "../../../../protocol/keeper/lease_answer.ts";
import type { Postgres } from "./postgres.ts";
import { Process } from "./process.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Place } from "./wires.ts";

/** What a cell needs around it. */
export interface AroundCell extends Surroundings {
  readonly keepers: Readonly<Record<string, Place & { tellLease(): LeaseAnswer }>>;
  superviseCell(cell: Cell): void;
  activated(cell: Cell): void;
  acted(cell: Cell, epoch: number): void;
  acknowledged(cell: Cell, id: string, sync: boolean): void;
}

/** How a cell answers a client. */
export type CellAnswer = "acknowledged" | "not-active" | "failed";

const ASK_MS = 200;

/** A cell's process: its guard, its claim of the log, and what it acknowledges. */
export class Cell {
  readonly process: Process;
  phase: "standby" | "activating" | "active" = "standby";
  epoch = 0;
  #heldUntil = -Infinity;
  #drainedUntil = -Infinity;
  #underWay = 0;
  #whenStill: (() => void)[] = [];
  #server = 0;

  constructor(readonly world: AroundCell, readonly site: string, readonly server: Postgres) {
    this.process = new Process(world.queue, world.clocks[site]);
  }

  get now(): number {
    return this.process.clock.now;
  }

  get healthy(): boolean {
    return this.process.alive && !this.process.frozen;
  }

  get active(): boolean {
    return this.phase === "active";
  }

  /** Whether it may answer for the cluster now. */
  get acts(): boolean {
    return this.process.alive && this.phase === "active" && this.now < this.#heldUntil &&
      this.now >= this.#drainedUntil;
  }

  start(): void {
    if (this.process.alive) return;
    this.process.start();
    Object.assign(this, { phase: "standby", epoch: 0 });
    this.#heldUntil = this.#drainedUntil = -Infinity;
    this.#underWay = 0;
    this.#whenStill = [];
    this.#ask();
  }

  /** Ends as the real one does; its supervisor starts it anew. */
  exit(): void {
    this.process.kill();
    this.phase = "standby";
    this.world.superviseCell(this);
  }

  drain(forMs: number, still: () => void): void {
    this.#drainedUntil = this.now + forMs;
    this.#whenStill.push(still);
    this.#checkStill();
  }

  resume(): void {
    this.#drainedUntil = -Infinity;
  }

  /** A client's transaction, which it may have sent before. */
  take(id: string, sync: boolean, answer: (answer: CellAnswer) => void): void {
    if (!this.acts) return answer("not-active");
    const { server, epoch } = this;
    if (!this.#sameServer()) return this.exit();
    if (server.sees(id)) {
      this.world.acted(this, epoch);
      this.world.acknowledged(this, id, sync);
      return answer("acknowledged");
    }
    if (server.folder.ids.has(id)) return answer("failed");
    this.#underWay++;
    server.commit(id, sync, (end) => {
      this.process.run(this.process.generation, () => {
        this.#underWay--;
        if (end.kind === "lost") return this.exit();
        if (end.kind === "error") answer("failed");
        else if (this.now >= this.#heldUntil) return this.exit();
        else {
          this.world.acted(this, epoch);
          this.world.acknowledged(this, id, sync);
          answer("acknowledged");
        }
        this.#checkStill();
      });
    });
  }

  #checkStill(): void {
    if (this.#underWay > 0 || this.#whenStill.length === 0) return;
    const still = this.#whenStill;
    this.#whenStill = [];
    for (const tell of still) tell();
  }

  #ask(): void {
    const at = this.now;
    const keeper = this.world.keepers[this.site];
    this.world.wires.call<LeaseAnswer>(
      this,
      keeper,
      (answer) => answer(keeper.tellLease()),
      (answer) => {
        this.#heldUntil = answer.held ? Math.max(at + answer.validMs, this.#heldUntil) : -Infinity;
        this.#follow();
      },
    );
    this.#follow();
    if (this.process.alive) this.process.after(ASK_MS, () => this.#ask());
  }

  #follow(): void {
    const held = this.now < this.#heldUntil;
    const writable = this.server.accepting && this.server.recovery === false;
    if (this.phase === "active" || this.phase === "activating") {
      if (!held || !writable || !this.#sameServer()) this.exit();
      return;
    }
    if (!held || !writable) return;
    this.phase = "activating";
    this.#server = this.server.process.generation;
    this.process.after(this.world.random.between(30, 200), () => this.#claim());
  }

  /** Writes its claim, with the least that a commit can wait for. */
  #claim(): void {
    if (this.phase !== "activating") return;
    const { server, process: { generation } } = this;
    const id = `claim-${this.site}-${this.world.queue.now}`;
    server.commit(id, false, (end) => {
      this.process.run(generation, () => {
        if (end.kind !== "ok" || this.now >= this.#heldUntil || !this.#sameServer()) {
          return this.exit();
        }
        this.epoch = server.folder.timeline;
        this.phase = "active";
        this.world.activated(this);
      });
    });
  }

  #sameServer(): boolean {
    return this.server.running && this.server.process.generation === this.#server;
  }
}
