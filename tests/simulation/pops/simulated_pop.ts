import type { CallEvent } from "../../../protocol/pop_link/call_event.ts";
import type { CellFrame } from "../../../protocol/pop_link/cell_frame.ts";
import type { PopFrame } from "../../../protocol/pop_link/pop_frame.ts";
import { Pipe } from "../network/pipe.ts";
import { Random } from "../random/random.ts";
import type { PlacePart, PopPart, Surroundings } from "../world/surroundings.ts";
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

/** A socket to one of the cluster's addresses. */
interface Link {
  address: number;
  pipe: Pipe;
  place: PlacePart;
  state: "asked" | "standby" | "followed" | "outdated";
  /** Softphones that the process there knows of. */
  announced: Set<string>;
  /** The connection is gone, or given up here. */
  gone: () => void;
}

type Frame = Extract<CellFrame, { type: "command" }>;

const WELCOME = 5_000;
const PING = 500;
/** How long silence is taken for a slow network. */
const SILENCE = 2_300;
/** An ended call answers repeats of its commands for this long, in ms. */
const REMEMBERED = 60_000;

/**
 * A point of presence: calls that live without the cell, a link to each of the cluster's addresses
 * of which the one with the highest epoch is followed, events numbered and kept until they are
 * acknowledged, epochs that only grow.
 */
export class SimulatedPop implements PopPart {
  readonly calls = new Map<string, SimulatedCall>();
  /** Softphones as `tenant/agent`. */
  readonly softphones = new Set<string>();
  #boot = 1;
  #seq = 0;
  #outbox: Extract<PopFrame, { type: "event" }>[] = [];
  #epoch = 0;
  readonly #links: (Link | null)[] = [null, null];
  #followed: Link | null = null;
  readonly #random: Random;

  constructor(readonly world: Surroundings, readonly id: string, readonly index: number) {
    this.#random = new Random(world.plan.seed, "pop", id);
  }

  start(): void {
    for (const address of [0, 1]) this.#connect(address);
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
    for (const link of this.#links) {
      link?.pipe.cut(this.#random.pick([20, 500, SILENCE]), this.#random.pick([20, 500, 12_000]));
    }
  }

  /** A process of the cluster ended: its sockets close, now or when their silence is noticed. */
  placeGone(place: PlacePart): void {
    for (const link of this.#links) {
      if (link?.place === place) link.pipe.cut(this.#random.chance(0.5) ? 50 : SILENCE);
    }
  }

  /** The PoP's process ends and comes back: calls, softphones and what it had to tell are gone. */
  restart(downMs: number): void {
    this.world.fact({ type: "pop-restarted", popId: this.id, calls: this.live.length });
    const tenants = [...this.softphones];
    for (const call of this.live) this.#left(call);
    for (const link of this.#links) link?.pipe.cut(50);
    this.#links.fill(null);
    this.#followed = null;
    this.calls.clear();
    this.softphones.clear();
    this.#outbox = [];
    this.#boot += 1;
    this.#seq = 0;
    this.#epoch = 0;
    this.world.queue.after(downMs, () => this.start());
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
    this.#followed?.pipe.send("far", JSON.stringify(frame));
  }

  /** Connects to an address, as often as it takes. */
  #connect(address: number, failures = 0): void {
    const boot = this.#boot;
    const { world } = this;
    const again = (after: number) => {
      const wait = Math.min(1_000, 100 * 2 ** after) * (0.5 + this.#random.unit() / 2);
      world.queue.after(wait, () => boot === this.#boot && this.#connect(address, after));
    };
    const place = world.cluster.placeAt(address);
    if (!place?.alive) return again(failures + 1);
    const gone = () => {
      if (boot !== this.#boot || this.#links[address] !== link) return;
      this.#links[address] = null;
      if (this.#followed === link) {
        this.#followed = null;
        world.fact({ type: "link-lost", popId: this.id });
      }
      again(link.state === "asked" ? failures + 1 : 0);
    };
    const pipe: Pipe = new Pipe(world.network, this.#random, {
      receive: (text) => {
        if (boot === this.#boot && this.#links[address] === link) this.#receive(link, text);
      },
      closed: gone,
    }, {
      receive: (text) => place.alive && handlers.receive(text),
      closed: () => place.alive && handlers.closed(),
    });
    const link: Link = { address, pipe, place, state: "asked", announced: new Set(), gone };
    const handlers = place.links.accept({
      send: (text) => place.alive && pipe.send("near", text),
      close: () => place.alive && pipe.close("far"),
    });
    this.#links[address] = link;
    this.#hello(link);
  }

  #hello(link: Link): void {
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
    link.state = "asked";
    link.announced = new Set(this.softphones);
    link.pipe.send("far", JSON.stringify(hello));
    this.world.queue.after(WELCOME, () => {
      if (link.state !== "asked" || this.#links[link.address] !== link) return;
      link.pipe.close("near");
      link.gone();
    });
  }

  #receive(link: Link, text: string): void {
    const frame = JSON.parse(text) as CellFrame;
    if (frame.type === "welcome") return this.#welcome(link, frame);
    if (frame.type === "standby" && link.state === "asked") link.state = "standby";
    if (frame.type === "come" && link.state !== "followed") {
      this.world.fact({ type: "pop-called", popId: this.id, while: this.#followed !== null });
      this.#hello(link);
    }
    if (frame.type === "command") return this.#command(link, frame);
    if (frame.type === "ack" && link === this.#followed) {
      this.#outbox = this.#outbox.filter((event) => event.seq > frame.seq);
    }
  }

  #welcome(link: Link, frame: Extract<CellFrame, { type: "welcome" }>): void {
    if (frame.epoch < this.#epoch) {
      this.world.fact({ type: "welcome-refused", popId: this.id, epoch: frame.epoch });
      link.state = "outdated";
      return;
    }
    const before = this.#followed;
    if (before !== null && before !== link) {
      if (frame.epoch === this.#epoch) {
        this.world.caught(new Error("Two cells of one epoch have welcomed a PoP"));
        return;
      }
      before.state = "outdated";
    }
    this.#epoch = frame.epoch;
    this.#followed = link;
    link.state = "followed";
    this.#outbox = this.#outbox.filter((event) => event.seq > frame.lastSeq);
    if (this.#outbox.length > 0) {
      this.world.fact({ type: "pop-resent", popId: this.id, events: this.#outbox.length });
    }
    for (const event of this.#outbox) this.#send(event);
    for (const key of link.announced) if (!this.softphones.has(key)) this.#sync(key, false);
    for (const key of this.softphones) if (!link.announced.has(key)) this.#sync(key, true);
    // Now and then it has a lot to do first.
    this.world.queue.after(this.#random.chance(0.3) ? 10 * PING : PING, () => {
      if (this.#links[link.address] === link) {
        link.pipe.send("far", JSON.stringify({ type: "ping" }));
      }
    });
  }

  #sync(key: string, connected: boolean): void {
    const [tenantId, agentId] = key.split("/");
    this.#send({ type: "softphone", connected, tenantId, agentId });
  }

  #command(link: Link, frame: Extract<CellFrame, { type: "command" }>): void {
    const { tenantId, callId, commandId, command, epoch } = frame;
    const stale = link !== this.#followed || epoch < this.#epoch;
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
    link.pipe.send("far", JSON.stringify({ type: "command-result", commandId, ...result }));
  }
}

/** An id of its own for everything that a plan names. */
function uuid(kind: number, n: number): string {
  return `0190beef-0000-7${kind.toString(16).padStart(3, "0")}-8000-${
    n.toString(16).padStart(12, "0")
  }`;
}
