import type { CallEvent } from "../../../protocol/pop_link/call_event.ts";
import type { CellFrame } from "../../../protocol/pop_link/cell_frame.ts";
import type { PopFrame } from "../../../protocol/pop_link/pop_frame.ts";
import type { Cell } from "../cells/cell.ts";
import { Pipe } from "../network/pipe.ts";
import { Random } from "../random/random.ts";
import type { PopPart, Surroundings } from "../world/surroundings.ts";
import { type CallerHabits, SimulatedCall } from "./simulated_call.ts";

/** A call that comes in. */
export interface IncomingCall {
  /** Names it within the plan. */
  index: number;
  tenantId: string;
  from: string;
  to: string;
  habits: CallerHabits;
}

interface Link {
  pipe: Pipe;
  cell: Cell;
  welcomed: boolean;
}

type Frame = Extract<CellFrame, { type: "command" }>;

const WELCOME = 5_000;
const PING = 5_000;
/** An ended call answers repeats of its commands for this long, in ms. */
const REMEMBERED = 60_000;

/**
 * A point of presence: calls that live without the cell, one link to whichever process answers,
 * events numbered and kept until they are acknowledged, epochs that only grow.
 */
export class SimulatedPop implements PopPart {
  readonly calls = new Map<string, SimulatedCall>();
  /** Softphones as `tenant/agent`. */
  readonly softphones = new Set<string>();
  #boot = 1;
  #seq = 0;
  #outbox: Extract<PopFrame, { type: "event" }>[] = [];
  #epoch = 0;
  #link: Link | null = null;
  #address = 0;
  #failures = 0;
  readonly #random: Random;

  constructor(readonly world: Surroundings, readonly id: string, readonly index: number) {
    this.#random = new Random(world.plan.seed, "pop", id);
  }

  start(): void {
    this.#connect();
  }

  /** Events that no cell has acknowledged. */
  get pending(): number {
    return this.#outbox.length;
  }

  /** The commits of this boot are named by it. */
  get bootId(): string {
    return uuid(0xb00, this.index * 1000 + this.#boot);
  }

  ring({ index, tenantId, from, to, habits }: IncomingCall): void {
    const id = uuid(0xca1, index);
    const random = new Random(this.world.plan.seed, "call", index);
    const call = this.#open(id, tenantId, habits, random);
    this.#tell(call, {
      type: "call.offered",
      legId: uuid(0x1e9, index),
      trunkId: uuid(0x7a0, 1),
      from,
      to,
      transport: "sip-udp",
    });
  }

  #open(
    id: string,
    tenantId: string,
    habits: CallerHabits,
    random: Random,
    ours: SimulatedCall["ours"] = null,
  ): SimulatedCall {
    const call: SimulatedCall = new SimulatedCall(id, tenantId, habits, {
      after: (ms, run) => {
        const boot = this.#boot;
        return this.world.queue.after(ms, () => boot === this.#boot && run());
      },
      tell: (event) => this.#tell(call, event),
      takeSoftphone: (agentId) => this.softphones.has(`${tenantId}/${agentId}`),
      ended: () => {
        this.#left(call);
        this.world.queue.after(REMEMBERED, () => this.calls.delete(id));
      },
      random,
    }, ours);
    this.calls.set(id, call);
    return call;
  }

  #left({ tenantId, id: callId, ours }: SimulatedCall): void {
    const { number } = ours ?? {};
    if (number) this.world.fact({ type: "customer-left", tenantId, callId, number });
  }

  /** Calls a number, unless the command was under way for too long. */
  #callOut({ tenantId, callId, command }: Frame): SimulatedCall | undefined {
    if (command.type !== "originate" || command.notAfter < this.world.queue.now) return undefined;
    const random = new Random(this.world.plan.seed, "called", callId, this.#boot);
    const { number, ringSeconds } = command;
    const talkMs = random.chance(0.7) ? random.between(5_000, 60_000) : null;
    const habits = { digits: "", patienceMs: random.between(5_000, 60_000), talkMs };
    const call = this.#open(callId, tenantId, habits, random, { number, ringSeconds });
    this.world.fact({ type: "customer-called", tenantId, callId, number });
    call.callOut();
    return call;
  }

  /** Calls that stand. */
  get live(): SimulatedCall[] {
    return [...this.calls.values()].filter((call) => call.phase !== "ended");
  }

  softphone(tenantId: string, agentId: string, connected: boolean): void {
    const key = `${tenantId}/${agentId}`;
    if (this.softphones.has(key) === connected) return;
    if (connected) this.softphones.add(key);
    else this.softphones.delete(key);
    this.#send({ type: "softphone", connected, tenantId, agentId });
    if (connected) return;
    for (const call of this.live) if (call.tenantId === tenantId) call.softphoneLost(agentId);
  }

  /** The network between this PoP and the cell breaks. */
  cut(): void {
    this.#link?.pipe.cut(this.#random.pick([20, 500, 12_000]));
  }

  /** A process of the cell ended: its sockets close, now or when their silence is noticed. */
  cellGone(cell: Cell): void {
    if (this.#link?.cell === cell) this.#link.pipe.cut(this.#random.chance(0.5) ? 50 : 12_000);
  }

  /** The PoP's process ends and comes back: calls, softphones and what it had to tell are gone. */
  restart(downMs: number): void {
    this.world.fact({ type: "pop-restarted", popId: this.id, calls: this.live.length });
    const tenants = [...this.softphones];
    for (const call of this.live) this.#left(call);
    this.#link?.pipe.cut(50);
    this.#link = null;
    this.calls.clear();
    this.softphones.clear();
    this.#outbox = [];
    this.#boot += 1;
    this.#seq = 0;
    this.#epoch = 0;
    this.world.queue.after(downMs, () => this.#connect());
    for (const key of tenants) {
      const [tenantId, agentId] = key.split("/");
      this.world.queue.after(downMs + this.#random.between(500, 5_000), () => {
        if (this.world.edge.session(tenantId, agentId).agent.wantsSoftphone) {
          this.softphone(tenantId, agentId, true);
        }
      });
    }
  }

  #tell(call: Pick<SimulatedCall, "tenantId" | "id">, event: CallEvent): void {
    this.#seq += 1;
    const { tenantId, id: callId } = call;
    this.world.fact({ type: "call-told", tenantId, callId, event: event.type });
    this.world.note(this.id, `${event.type} ${this.world.short(callId)}`);
    const frame = {
      type: "event" as const,
      seq: this.#seq,
      tenantId,
      callId,
      at: this.world.queue.now,
      event,
    };
    this.#outbox.push(frame);
    this.#send(frame);
  }

  #send(frame: PopFrame): void {
    if (this.#link?.welcomed) this.#link.pipe.send("far", JSON.stringify(frame));
  }

  #connect(): void {
    if (this.#link) return;
    const boot = this.#boot;
    const { world } = this;
    const next = () => {
      if (boot !== this.#boot || this.#link) return;
      this.#address = 1 - this.#address;
      this.#failures += 1;
      const wait = Math.min(3_000, 250 * 2 ** (this.#failures >> 1));
      world.queue.after(wait * (0.5 + this.#random.unit() / 2), () => {
        if (boot === this.#boot) this.#connect();
      });
    };
    const cell = world.cluster.at[this.#address];
    if (!cell?.alive || !cell.ready) return next();
    let handlers: ReturnType<Cell["popLinks"]["accept"]> | null = null;
    const pipe: Pipe = new Pipe(world.network, this.#random, {
      receive: (text) => {
        if (boot === this.#boot && this.#link?.pipe === pipe) this.#receive(text);
      },
      closed: () => {
        if (this.#link?.pipe === pipe) this.#link = null;
        if (boot === this.#boot) {
          world.fact({ type: "link-lost", popId: this.id });
          next();
        }
      },
    }, {
      receive: (text) => cell.alive && handlers!.receive(text),
      closed: () => cell.alive && handlers!.closed(),
    });
    handlers = cell.popLinks.accept({
      send: (text) => cell.alive && pipe.send("near", text),
      close: () => cell.alive && pipe.close("far"),
    });
    this.#link = { pipe, cell, welcomed: false };
    const hello: PopFrame = {
      type: "hello",
      version: 1,
      popId: this.id,
      token: `pop:${this.id}`,
      bootId: this.bootId,
      liveCalls: this.live.map((call) => ({ tenantId: call.tenantId, callId: call.id })),
      softphones: [...this.softphones].map((key) => {
        const [tenantId, agentId] = key.split("/");
        return { tenantId, agentId };
      }),
    };
    this.#announced = new Set(this.softphones);
    pipe.send("far", JSON.stringify(hello));
    world.queue.after(WELCOME, () => {
      if (this.#link?.pipe === pipe && !this.#link.welcomed) this.#drop();
    });
  }

  #announced = new Set<string>();

  /** Gives the link up from this side and goes on to the next address. */
  #drop(): void {
    const link = this.#link;
    if (!link) return;
    this.#link = null;
    link.pipe.close("near");
    this.#address = 1 - this.#address;
    const boot = this.#boot;
    this.world.queue.after(this.#random.between(100, 1_000), () => {
      if (boot === this.#boot) this.#connect();
    });
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as CellFrame;
    if (frame.type === "welcome") return this.#welcome(frame);
    if (!this.#link?.welcomed) return;
    if (frame.type === "ack") {
      this.#outbox = this.#outbox.filter((event) => event.seq > frame.seq);
    }
    if (frame.type === "command") this.#command(frame);
  }

  #welcome(frame: Extract<CellFrame, { type: "welcome" }>): void {
    const link = this.#link!;
    if (frame.epoch < this.#epoch) {
      this.world.fact({ type: "welcome-refused", popId: this.id, epoch: frame.epoch });
      return this.#drop();
    }
    this.#epoch = frame.epoch;
    this.#failures = 0;
    link.welcomed = true;
    this.#outbox = this.#outbox.filter((event) => event.seq > frame.lastSeq);
    if (this.#outbox.length > 0) {
      this.world.fact({ type: "pop-resent", popId: this.id, events: this.#outbox.length });
    }
    for (const event of this.#outbox) this.#send(event);
    for (const key of this.#announced) if (!this.softphones.has(key)) this.#sync(key, false);
    for (const key of this.softphones) if (!this.#announced.has(key)) this.#sync(key, true);
    this.world.queue.after(PING, () => {
      if (this.#link === link) this.#send({ type: "ping" });
    });
  }

  #sync(key: string, connected: boolean): void {
    const [tenantId, agentId] = key.split("/");
    this.#send({ type: "softphone", connected, tenantId, agentId });
  }

  #command(frame: Extract<CellFrame, { type: "command" }>): void {
    const { tenantId, callId, commandId, command, epoch } = frame;
    const stale = epoch < this.#epoch;
    const call = this.calls.get(callId) ?? (stale ? undefined : this.#callOut(frame));
    let result = { ok: false, code: "call_gone" as string | null };
    let outcome: "carried-out" | "repeat" | "stale-epoch" | "refused" = "refused";
    if (stale) {
      result = { ok: false, code: "stale_epoch" };
      outcome = "stale-epoch";
    } else if (call?.tenantId === tenantId) {
      // Noted before it acts: what follows from it comes after it.
      this.world.note(this.id, `${command.type} ${this.world.short(callId)}`);
      const taken = call.command(commandId, command);
      result = taken.result;
      outcome = taken.repeat ? "repeat" : taken.result.ok ? "carried-out" : "refused";
    }
    if (!stale && !call && (command.type === "hang-up" || command.type === "originate")) {
      const cause = command.type === "hang-up" ? command.cause : "deadline";
      const event = { type: "call.ended" as const, cause, sipStatus: null, media: null };
      this.#tell({ tenantId, id: callId }, event);
    }
    this.#epoch = Math.max(this.#epoch, epoch);
    this.world.fact({
      type: "pop-command",
      popId: this.id,
      tenantId,
      callId,
      commandId,
      command,
      epoch,
      outcome,
    });
    this.#send({ type: "command-result", commandId, ...result });
  }
}

/** An id of its own for everything that a plan names. */
function uuid(kind: number, n: number): string {
  return `0190beef-0000-7${kind.toString(16).padStart(3, "0")}-8000-${
    n.toString(16).padStart(12, "0")
  }`;
}
