import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type {
  AssignmentView,
  DesktopSnapshot,
  OfferView,
} from "../../../protocol/agent_session/agent_view.ts";
import { Random } from "../random/random.ts";
import type { Desk } from "./desk.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** How often an agent looks whether something waits for them, in ms. */
const LOOK = 20_000;

/**
 * A person at a desktop: sees what the desktop is told and acts on it after a while: accepts,
 * declines, does not notice, writes, hangs up, wraps up, takes a break. Towards the end of a world
 * everybody is quick and willing.
 */
export class SimulatedAgent {
  wantsSoftphone = false;
  #signedIn = false;
  #onBreak = false;
  #state = "signed-out";
  readonly #random: Random;
  readonly #assignments = new Map<string, AssignmentView>();
  /** What has been planned for already, by name. */
  readonly #planned = new Set<string>();

  constructor(readonly world: Surroundings, readonly session: Desk) {
    const { tenantId, agentId } = session;
    this.#random = new Random(world.plan.seed, "agent", tenantId, agentId);
  }

  signIn(): void {
    this.#onBreak = false;
    if (this.#signedIn) return;
    this.#signedIn = true;
    this.session.openDesktop();
    this.softphone(true);
    this.#look();
  }

  /** Closes the desktop and the softphone, whatever is going on. */
  leave(): void {
    this.#signedIn = false;
    this.session.closeDesktop();
    this.softphone(false);
  }

  signOut(): void {
    this.session.send({ type: "agent.sign-out" });
    this.world.queue.after(500, () => this.leave());
  }

  takeBreak(ms: number): void {
    if (!this.#signedIn) return;
    this.#onBreak = true;
    this.session.send({ type: "agent.set-state-idle", idleCode: "break" });
    this.world.queue.after(ms, () => this.#onBreak = false);
  }

  softphone(connected: boolean): void {
    this.wantsSoftphone = connected;
    const { tenantId, agentId } = this.session;
    this.world.popOf(agentId).softphone(tenantId, agentId, connected);
  }

  /** What the desktop shows. */
  told(event: AgentEvent): void {
    switch (event.type) {
      case "snapshot":
        return this.#snapshot(event.snapshot);
      case "agent.changed":
        this.#state = event.agent.state;
        if (this.#state === "rona") this.#soon(2_000, 60_000, () => this.#available());
        return;
      case "offer.made":
        return this.#offered(event.offer);
      case "assignment.changed":
        return this.#assigned(event.assignment);
      case "assignment.removed":
        this.#assignments.delete(event.interactionId);
        return;
    }
  }

  #snapshot({ agent, offers, assignments }: DesktopSnapshot): void {
    this.#state = agent.state;
    this.#assignments.clear();
    for (const offer of offers) this.#offered(offer);
    for (const assignment of assignments) this.#assigned(assignment);
    if (agent.state !== "available") this.#soon(500, 3_000, () => this.#available());
  }

  #offered({ offerId }: OfferView): void {
    if (!this.#once(offerId)) return;
    const habit = this.world.calm ? 0 : this.#random.unit();
    const accept = () => this.session.send({ type: "offer.accept", offerId });
    if (habit < 0.68) return this.#soon(200, 6_000, accept);
    if (habit < 0.8) {
      return this.#soon(
        500,
        6_000,
        () => this.session.send({ type: "offer.decline", offerId }),
      );
    }
    // Pressed in the last moment, or twice.
    if (habit < 0.85) return this.#soon(9_000, 12_500, accept);
    if (habit < 0.88) {
      this.#soon(200, 2_000, accept);
      return this.#soon(200, 2_000, accept);
    }
    if (habit < 0.9) this.takeBreak(20_000);
    // Otherwise the agent does not notice.
  }

  #assigned(assignment: AssignmentView): void {
    const { interactionId, state, channel } = assignment;
    this.#assignments.set(interactionId, assignment);
    if (state === "wrap-up" && this.#once(`${interactionId}/wrap-up`)) {
      if (!this.world.calm && this.#random.chance(0.25)) return;
      return this.#soon(
        500,
        15_000,
        () => this.session.send({ type: "interaction.wrap-up", interactionId, code: "resolved" }),
      );
    }
    if (state !== "connected" || !this.#once(`${interactionId}/connected`)) return;
    if (channel !== "voice") return this.#write(assignment);
    // Callers often hang up first; an agent ends what goes on for long.
    this.#soon(20_000, 120_000, () => this.#end(interactionId));
  }

  #write({ interactionId, contact }: AssignmentView): void {
    const replies = this.#random.between(0, 3);
    let wait = 0;
    for (let i = 0; i < replies; i++) {
      wait += this.#random.between(1_000, 30_000);
      this.world.queue.after(wait, () => this.#reply(interactionId, contact));
    }
    if (!this.world.calm && this.#random.chance(0.15)) return;
    wait += this.#random.between(5_000, 60_000);
    this.world.queue.after(wait, () => this.#end(interactionId));
  }

  #reply(interactionId: string, contact: string): void {
    if (!this.session.open || !this.#assignments.has(interactionId)) return;
    const messageId = this.session.newId("message");
    const text = `${this.session.tenantId} to ${contact}`;
    const send = { type: "message.send" as const, interactionId, messageId, text };
    this.session.send(send);
    if (!this.world.calm && this.#random.chance(0.1)) this.session.send(send);
  }

  #end(interactionId: string): void {
    if (!this.session.open || !this.#assignments.has(interactionId)) return;
    this.session.send({ type: "interaction.end", interactionId });
  }

  #available(): void {
    if (!this.#signedIn || this.#onBreak || this.#state === "available") return;
    this.session.send({ type: "agent.set-state", state: "available" });
  }

  /** Nobody overlooks something for ever. */
  #look(): void {
    this.world.queue.after(LOOK, () => {
      if (!this.#signedIn) return;
      this.#available();
      if (this.world.calm) {
        for (const { interactionId, state } of this.#assignments.values()) {
          if (state === "connected") this.#end(interactionId);
        }
      }
      this.#look();
    });
  }

  #soon(low: number, high: number, act: () => void): void {
    const most = this.world.calm ? Math.min(high, 2_000) : high;
    const ms = this.#random.between(Math.min(low, most), most);
    this.world.queue.after(ms, () => this.session.open && act());
  }

  #once(name: string): boolean {
    if (this.#planned.has(name)) return false;
    this.#planned.add(name);
    return true;
  }
}
