import type { ServerObservation } from "../../../../regions/keeper/decisions/server_observation.ts";
import type { Surroundings } from "./surroundings.ts";
import { type Entry, ENTRY_BYTES, fits, Folder } from "./folder.ts";
import { Process } from "./process.ts";

/** What a server needs around it. */
export interface AroundPostgres extends Surroundings {
  readonly postgres: Readonly<Record<string, Postgres>>;
  /** A commit that is to wait for the standby came through without it. */
  committedAlone(site: string): void;
}

/** How a commit ended: "lost" when the connection went, so that nobody knows. */
export type CommitEnd = { kind: "ok" | "error" | "lost" };

interface Waiter {
  length: number;
  done: (end: CommitEnd) => void;
}

interface Stream {
  open: boolean;
  /** At the primary. */
  replayed: number;
  received: number;
  repliedAt: number;
  /** At the standby. */
  heardAt: number;
}

const TIMEOUT_MS = 2000;

/** PostgreSQL with physical replication to one standby. */
export class Postgres {
  readonly folder = new Folder();
  readonly process: Process;
  accepting = false;
  recovery: boolean | null = null;
  /** As `show` tells it, and as commits take it a moment later. */
  named: string | null = null;
  effective: string | null = null;
  diskFull = false;
  replayed = 0;
  /** As a primary, and as a standby. */
  sender: Stream | null = null;
  receiver: Stream | null = null;
  /** Committed on this disk, but not to be seen yet. */
  readonly hidden = new Set<string>();
  #waiters: Waiter[] = [];
  #reload = 0;
  /** What is told when the process ends before it did what it was to do. */
  #undone: ((error: string) => void)[] = [];

  constructor(readonly world: AroundPostgres, readonly site: string, readonly peer: string) {
    this.process = new Process(world.queue, world.clocks[site]);
  }

  get running(): boolean {
    return this.process.alive;
  }

  /** Starts what the folder is. */
  start(synchronous: string | null, done: (error: string | null) => void): void {
    if (this.folder.state !== "whole") return done("no data");
    const { random } = this.world;
    this.process.start();
    Object.assign(this, { accepting: false, recovery: null, named: synchronous });
    Object.assign(this, { effective: synchronous, sender: null, receiver: null });
    this.#reload++;
    this.hidden.clear();
    this.#waiters = [];
    this.#undone.push(done);
    const crash = random.chance(0.3) ? random.between(100, 600) : 0;
    this.process.after(random.between(40, 150) + crash, () => {
      this.accepting = true;
      this.recovery = this.folder.standby;
      this.replayed = this.folder.log.length;
      if (this.recovery) this.#receive();
      else this.#beat();
      done(null);
    });
  }

  /** Ends at once, with whatever was under way. */
  kill(): void {
    if (!this.process.alive) return;
    this.process.kill();
    Object.assign(this, { accepting: false, recovery: null, sender: null });
    this.#closeReceiver();
    this.#drop();
    const undone = this.#undone;
    this.#undone = [];
    for (const tell of undone) tell("it ended");
  }

  /** Waits until a connected standby has everything. */
  stopFast(done: (error: string | null) => void): void {
    if (!this.running) return done(null);
    this.accepting = false;
    this.#drop();
    if (this.recovery === false) this.#write("checkpoint");
    const { generation } = this.process;
    const wait = () => {
      if (!this.running || this.process.generation !== generation) return done(null);
      const { sender } = this;
      if (sender?.open && sender.received < this.folder.log.length) {
        this.#pump();
        this.process.after(10, wait);
        return;
      }
      this.kill();
      done(null);
    };
    this.process.after(this.world.random.between(20, 80), wait);
  }

  promote(above: number, done: (error: string | null) => void): void {
    if (!this.accepting || this.recovery !== true) return done("not in recovery");
    this.#closeReceiver();
    this.#undone.push(done);
    this.process.after(this.world.random.between(80, 250), () => {
      const { folder } = this;
      folder.forks.set(folder.timeline, folder.log.length);
      folder.timeline = Math.max(above, folder.timeline) + 1;
      folder.standby = false;
      Object.assign(this, { recovery: false, named: null, effective: null });
      this.#reload++;
      this.#beat();
      done(null);
    });
  }

  setSynchronous(standby: string | null, done: (error: string | null) => void): void {
    if (!this.accepting) return done("not running");
    const reload = ++this.#reload;
    this.#undone.push(done);
    this.process.after(this.world.random.between(2, 20), () => {
      this.named = standby;
      // Each backend takes in the change in its own time.
      this.process.after(this.world.random.between(0, 400), () => {
        if (reload !== this.#reload) return;
        this.effective = standby;
        this.#release();
      });
      done(null);
    });
  }

  /** Writes one transaction; `sync` waits for the standby if one is named. */
  commit(id: string, sync: boolean, done: (end: CommitEnd) => void): void {
    if (!this.accepting || this.recovery !== false || this.diskFull) {
      return done({ kind: this.running ? "error" : "lost" });
    }
    let ended = false;
    const end = (it: CommitEnd) => {
      if (!ended) done(it);
      ended = true;
    };
    const waiter: Waiter = { length: Infinity, done: end };
    this.#waiters.push(waiter);
    this.process.after(this.world.random.between(1, 4), () => {
      if (!this.accepting) return end({ kind: "lost" });
      this.#write(id);
      if (!sync || this.effective === null) {
        this.#waiters = this.#waiters.filter((it) => it !== waiter);
        if (sync) this.world.committedAlone(this.site);
        return end({ kind: "ok" });
      }
      waiter.length = this.folder.log.length;
      this.hidden.add(id);
    });
  }

  /** Whether a transaction can be read. */
  sees(id: string): boolean {
    return this.accepting && this.folder.ids.has(id) && !this.hidden.has(id);
  }

  observe(): ServerObservation {
    const { folder, accepting, recovery, sender } = this;
    const up = this.running && accepting && !this.process.frozen;
    const now = this.world.queue.now;
    const behind = sender ? folder.log[sender.replayed] : undefined;
    return {
      running: this.running,
      hasData: folder.state !== "empty",
      accepting: up,
      recovery: up ? recovery : null,
      timeline: up ? folder.timeline : null,
      position: up ? BigInt(folder.log.length) * ENTRY_BYTES : null,
      replayed: up && recovery ? BigInt(this.replayed) * ENTRY_BYTES : null,
      receiver: up && recovery ? (this.receiver?.open ? "streaming" : "away") : null,
      standby: up && sender?.open
        ? {
          name: this.peer,
          state: sender.received < folder.log.length - 2000 ? "catchup" : "streaming",
          sync: this.named === this.peer,
          replayed: BigInt(sender.replayed) * ENTRY_BYTES,
          lagMs: behind ? now - behind.at : 0,
          silentMs: now - sender.repliedAt,
        }
        : null,
      synchronous: up ? this.named : null,
      writes: up && recovery === false ? (this.diskFull ? "failing" : "ok") : null,
      disk: this.diskFull ? 0 : 1e9,
      error: null,
    };
  }

  #write(id: string): void {
    const { timeline } = this.folder;
    this.folder.append({ id, timeline, at: this.world.queue.now });
    this.#pump();
  }

  /** Backends end; nobody learns how their commits went. */
  #drop(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { done } of waiters) done({ kind: "lost" });
  }

  #release(): void {
    const there = this.effective === null ? Infinity : this.sender?.replayed ?? 0;
    const done = this.#waiters.filter((it) => it.length <= there && it.length !== Infinity);
    if (done.length === 0) return;
    this.#waiters = this.#waiters.filter((it) => !done.includes(it));
    if (this.effective === null) this.world.committedAlone(this.site);
    for (const it of done) {
      this.hidden.delete(this.folder.log[it.length - 1].id);
      it.done({ kind: "ok" });
    }
  }

  /** A primary sends what it has, and a sign of life, ten times a second. */
  #beat(): void {
    this.#pump();
    const { sender } = this;
    if (sender && this.world.queue.now - sender.repliedAt > TIMEOUT_MS) this.sender = null;
    this.process.after(100, () => this.recovery === false ? this.#beat() : undefined);
  }

  #pump(): void {
    const { sender, world } = this;
    if (!sender?.open) return;
    const { log } = this.folder;
    const upTo = log.length;
    const other = world.postgres[this.peer];
    const { generation } = other.process;
    world.wires.send(this.site, this.peer, () => {
      other.process.run(generation, () => other.#arrive(this, log, sender, upTo));
    });
  }

  #arrive(primary: Postgres, sent: readonly Entry[], stream: Stream, upTo: number): void {
    if (this.receiver !== stream || !stream.open || !this.recovery || this.diskFull) return;
    const { log } = this.folder;
    stream.heardAt = this.world.queue.now;
    for (let i = log.length; i < upTo; i++) this.folder.append(sent[i]);
    this.process.after(this.world.random.between(1, 10), () => {
      if (this.receiver !== stream || !this.recovery) return;
      this.replayed = Math.max(this.replayed, upTo);
      const { generation } = primary.process;
      const { replayed } = this;
      this.world.wires.send(this.site, this.peer, () =>
        primary.process.run(generation, () => {
          if (primary.sender !== stream) return;
          stream.replayed = Math.max(stream.replayed, replayed);
          stream.received = stream.replayed;
          stream.repliedAt = this.world.queue.now;
          primary.#release();
        }));
    });
  }

  /** A standby looks for its primary until it streams, and again when that goes silent. */
  #receive(): void {
    if (this.recovery !== true) return;
    const { world } = this;
    const primary = world.postgres[this.peer];
    if (this.receiver) {
      if (world.queue.now - this.receiver.heardAt > TIMEOUT_MS) this.#closeReceiver();
    } else {
      world.wires.call<Stream | null>(
        this,
        primary,
        (answer) => answer(primary.#admit(this)),
        (stream) => {
          if (!stream || this.receiver || this.recovery !== true) return;
          this.receiver = stream;
          stream.heardAt = world.queue.now;
          this.folder.timeline = primary.folder.timeline;
          this.folder.forks = new Map(primary.folder.forks);
        },
      );
    }
    this.process.after(200, () => this.#receive());
  }

  #admit(standby: Postgres): Stream | null {
    if (!this.accepting || this.recovery !== false) return null;
    const fit = fits(standby.folder, this.folder);
    if (fit === "torn") this.world.broken("torn-log", `${standby.site} streams what never fits`);
    if (fit !== "yes") return null;
    const { now } = this.world.queue;
    const { replayed } = standby;
    const stream = { open: true, replayed, received: replayed, repliedAt: now, heardAt: now };
    this.sender = stream;
    return stream;
  }

  #closeReceiver(): void {
    if (this.receiver) this.receiver.open = false;
    this.receiver = null;
  }
}
