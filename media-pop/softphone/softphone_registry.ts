import type { Softphone } from "../../protocol/pop_link/pop_frame.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { AgentLeg, TakeAgent } from "../calls/media_leg.ts";
import type { Directory } from "../configuration/directory.ts";
import { SOFTPHONE_CLOSE } from "./softphone_close.ts";
import type { SoftphoneSession } from "./softphone_session.ts";

/** The registered softphones, one for each agent: the newest wins. */
export class SoftphoneRegistry {
  readonly #byAgent = new Map<string, SoftphoneSession>();
  readonly #changed: () => void;

  /** @param changed called when an agent's softphone came or went */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get size(): number {
    return this.#byAgent.size;
  }

  /** Registers a session whose agent is known, and ends that agent's older one. */
  add(session: SoftphoneSession): void {
    const key = keyOf(session);
    const older = this.#byAgent.get(key);
    this.#byAgent.set(key, session);
    if (older && older !== session) older.end(SOFTPHONE_CLOSE.replaced, "a newer softphone");
    else this.#changed();
  }

  /** Takes a session out, unless a newer one has taken its place. */
  remove(session: SoftphoneSession): void {
    if (!session.access || this.#byAgent.get(keyOf(session)) !== session) return;
    this.#byAgent.delete(keyOf(session));
    this.#changed();
  }

  /** The softphones whose tenants a cluster runs. */
  softphones(clusterId: string): Softphone[] {
    return [...this.#byAgent.values()].flatMap(({ access }) =>
      access?.clusterId === clusterId ? [{ tenantId: access.tenant, agentId: access.sub }] : []
    );
  }

  /** Takes an agent's softphone for a leg. @throws AntiphonError `unavailable` or `conflict` */
  readonly take: TakeAgent = (wanted, lost): Promise<AgentLeg> => {
    const session = this.#byAgent.get(`${wanted.tenantId}/${wanted.agentId}`);
    if (!session) {
      return Promise.reject(
        new AntiphonError("unavailable", "The agent's softphone is not connected here"),
      );
    }
    try {
      return Promise.resolve(session.takeLeg(wanted.callId, wanted.legId, lost));
    } catch (error) {
      return Promise.reject(error);
    }
  };

  /** Ends sessions whose tenant was suspended, moved away or removed. */
  review(directory: Directory): void {
    for (const session of [...this.#byAgent.values()]) {
      const { tenant: id, clusterId } = session.access!;
      const tenant = directory.tenant(id);
      if (tenant?.status === "active" && tenant.clusterId === clusterId) continue;
      session.end(SOFTPHONE_CLOSE.unauthenticated, "the tenant is not served here");
    }
  }

  /** Ends every session. */
  close(): void {
    for (const session of [...this.#byAgent.values()]) {
      session.end(SOFTPHONE_CLOSE.goingDown, "going down");
    }
  }
}

function keyOf(session: SoftphoneSession): string {
  return `${session.access!.tenant}/${session.access!.sub}`;
}
