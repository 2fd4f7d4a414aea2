import type { Surroundings } from "../world/surroundings.ts";
import { SimulatedInbox } from "./simulated_inbox.ts";
import { SimulatedSession } from "./simulated_session.ts";

/** The edge: a session object for each agent, an inbox for each tenant's asset. */
export class SimulatedEdge {
  readonly #sessions = new Map<string, SimulatedSession>();
  readonly #inboxes = new Map<string, SimulatedInbox>();

  constructor(readonly world: Surroundings) {}

  session(tenantId: string, agentId: string): SimulatedSession {
    const key = `${tenantId}/${agentId}`;
    let session = this.#sessions.get(key);
    if (!session) {
      session = new SimulatedSession(this.world, tenantId, agentId);
      this.#sessions.set(key, session);
    }
    return session;
  }

  get sessions(): Iterable<SimulatedSession> {
    return this.#sessions.values();
  }

  inbox(tenantId: string): SimulatedInbox {
    let inbox = this.#inboxes.get(tenantId);
    if (!inbox) {
      inbox = new SimulatedInbox(this.world, tenantId);
      this.#inboxes.set(tenantId, inbox);
    }
    return inbox;
  }

  /** Webhooks that no cell has taken. */
  get pending(): number {
    return [...this.#inboxes.values()].reduce((sum, inbox) => sum + inbox.pending, 0);
  }
}
