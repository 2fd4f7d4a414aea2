import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { SimulatedAgent } from "../agents/simulated_agent.ts";
import { Random } from "../random/random.ts";
import type { Desk } from "../agents/desk.ts";
import type { SessionPart, Surroundings } from "../world/surroundings.ts";
import { ClusterClient } from "./cluster_client.ts";

const EDGE = "local";
const GRACE = 15_000;
const PROBE = 20_000;
const COMMAND = 8_000;
const AGAIN = new Set(["unavailable", "not_active", "database_unavailable"]);

/**
 * One agent's session object: takes what the cell tells, drops repeats and older epochs, hands the
 * desktop's commands on one after the other, and tells the cell whether the desktop is there.
 */
export class SimulatedSession implements Desk, SessionPart {
  readonly agent: SimulatedAgent;
  #open = false;
  #goneAt = -Infinity;
  #told = false;
  #snapshotDue = false;
  #telling = false;
  /** Settles when the presence call that is under way has been answered. */
  #underWay: Promise<unknown> = Promise.resolve();
  #epoch = 0;
  #commands: { id: string; command: AgentCommand; until: number }[] = [];
  #commanding = false;
  #ids = 0;
  readonly #taken = new Set<string>();
  readonly #client: ClusterClient;

  constructor(readonly world: Surroundings, readonly tenantId: string, readonly agentId: string) {
    const random = new Random(world.plan.seed, "session", tenantId, agentId);
    this.#client = new ClusterClient(world, random);
    this.agent = new SimulatedAgent(world, this);
  }

  /** Whether a desktop is there. */
  get open(): boolean {
    return this.#open;
  }

  openDesktop(): void {
    if (this.#open) return;
    this.#open = true;
    this.#snapshotDue = true;
    this.#tell();
    this.#probe();
  }

  closeDesktop(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#goneAt = this.world.queue.now;
    this.world.queue.after(GRACE, () => this.#tell());
  }

  /** Events from the cell. A snapshot that is on its way may be older: it goes first. */
  async push(
    epoch: number,
    events: readonly { deliveryId: string; event: AgentEvent }[],
  ): Promise<"taken" | "stale_epoch"> {
    await this.#underWay;
    const { tenantId, agentId } = this;
    const stale = epoch < this.#epoch;
    // A new holder may know less than the last one had told: the desktop is shown what it knows.
    const moved = this.#epoch > 0 && epoch > this.#epoch;
    this.#epoch = Math.max(this.#epoch, epoch);
    for (const { deliveryId, event } of events) {
      const repeat = this.#taken.has(deliveryId);
      const outcome = stale ? "stale-epoch" : repeat ? "repeat" : "taken";
      this.world.fact({
        type: "desktop-delivery",
        tenantId,
        agentId,
        deliveryId,
        epoch,
        event,
        outcome,
      });
      if (outcome !== "taken") continue;
      this.#taken.add(deliveryId);
      if (this.#open) this.agent.told(event);
    }
    if (moved) this.#lost();
    return stale ? "stale_epoch" : "taken";
  }

  /** A command of the desktop; tried for some seconds. */
  send(command: AgentCommand): void {
    const id = this.newId("command");
    this.#commands.push({ id, command, until: this.world.queue.now + COMMAND });
    this.#sendAll().catch((error) => this.world.caught(error));
  }

  /** Makes an id as a desktop does. */
  newId(kind: string): string {
    this.#ids += 1;
    const random = new Random(this.world.plan.seed, kind, this.tenantId, this.agentId, this.#ids);
    const word = (n: number) => random.between(0, 16 ** n - 1).toString(16).padStart(n, "0");
    return `${word(8)}-${word(4)}-7${word(3)}-8${word(3)}-${word(6)}${word(6)}`;
  }

  async #sendAll(): Promise<void> {
    if (this.#commanding) return;
    this.#commanding = true;
    const { world, tenantId, agentId } = this;
    for (let head = this.#commands[0]; head; head = this.#commands[0]) {
      const { id, command } = head;
      let code: string | null = "unavailable";
      for (let wait = 100; world.queue.now < head.until; wait = Math.min(wait * 2, 1_000)) {
        code = await this.#attempt(id, command);
        if (code === null || !AGAIN.has(code)) break;
        await new Promise<void>((resolve) => void world.queue.after(wait, resolve));
      }
      this.#commands.shift();
      world.note(`${agentId}`, `${command.type} → ${code ?? "done"}`);
      world.fact({ type: "command-answered", tenantId, agentId, code });
    }
    this.#commanding = false;
  }

  async #attempt(id: string, command: AgentCommand): Promise<string | null> {
    try {
      const { tenantId, agentId } = this;
      await this.#client.call(
        4_000,
        (cell) => cell.agentCommand(tenantId, agentId, id, command),
      );
      return null;
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
      if (AGAIN.has(error.code)) this.#lost();
      return error.code;
    }
  }

  /** The cluster did not answer: what it told may be missing here. */
  #lost(): void {
    if (!this.#open || this.#snapshotDue) return;
    this.#snapshotDue = true;
    this.world.queue.after(500, () => this.#tell());
  }

  #probe(): void {
    this.world.queue.after(PROBE, () => {
      if (!this.#open) return;
      const cell = this.world.cluster.at.find((it) => it?.ready);
      if (!cell) this.#lost();
      this.#probe();
    });
  }

  async #tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    let wait = 500;
    for (;;) {
      const gone = !this.#open && this.#told && this.world.queue.now >= this.#goneAt + GRACE;
      if (!gone && !(this.#open && (!this.#told || this.#snapshotDue))) break;
      const connected = this.#open;
      try {
        const { tenantId, agentId } = this;
        const call = this.#client.call(
          4_000,
          (cell) => cell.presence(tenantId, agentId, EDGE, connected),
        );
        const taken = call.then((snapshot) => {
          const epoch = snapshot?.holder?.epoch ?? this.#epoch;
          if (epoch < this.#epoch) throw new AntiphonError("unavailable", "An older holder's");
          this.#epoch = epoch;
          this.#told = connected;
          if (connected) this.#snapshotDue = false;
          if (snapshot && this.#open) this.agent.told({ type: "snapshot", snapshot });
        });
        this.#underWay = taken.catch(() => {});
        await taken;
        wait = 500;
      } catch (error) {
        if (!(error instanceof AntiphonError)) this.world.caught(error);
        // An agent who was taken out of the configuration cannot come in.
        if (error instanceof AntiphonError && error.code === "unknown_entity") break;
        await new Promise<void>((resolve) => void this.world.queue.after(wait, resolve));
        wait = Math.min(wait * 2, 5_000);
      }
    }
    this.#telling = false;
  }
}
