import type { KeeperAudit } from "../../../protocol/keeper/keeper_audit.ts";
import type { CellOperation, KeeperAction, ServerOperation } from "./keeper_action.ts";
import type { KeeperMemory } from "./keeper_memory.ts";
import type { KeeperObservation } from "./keeper_observation.ts";
import type { KeeperState } from "./keeper_state.ts";
import type { ServerObservation } from "./server_observation.ts";

/** One decision in the making: a state of its own to change, and what it has decided so far. */
export class Turn {
  readonly actions: KeeperAction[] = [];

  constructor(
    readonly state: KeeperState,
    readonly seen: KeeperObservation,
    readonly now: number,
  ) {}

  /** The server, if what was seen of it is newer than all that was done to it. */
  get fresh(): ServerObservation | null {
    const { seen, state } = this;
    return state.server === null && seen.serverAt >= state.serverDoneAt ? seen.server : null;
  }

  /**
   * Begins an operation of the server. Returns false while another runs or, after a failure, until
   * the next try is due. "immediate" stops come at once and end what runs.
   */
  begin(operation: ServerOperation, timeoutMs: number): boolean {
    const { state, now } = this;
    const urgent = operation.kind === "stop" && operation.mode === "immediate";
    if (urgent && state.server && isUrgent(state.server.operation)) return false;
    if (!urgent && (state.server || now < state.retryAt)) return false;
    const id = state.nextId++;
    state.server = { id, operation, deadline: now + timeoutMs + 1000 };
    this.actions.push({ kind: "server", id, operation, timeoutMs });
    return true;
  }

  /** Tells the cell; a newer word overrides an older one. */
  tell(operation: CellOperation, timeoutMs: number): void {
    const id = this.state.nextId++;
    this.state.cell = { id, operation, deadline: this.now + timeoutMs + 500 };
    this.actions.push({ kind: "cell", id, operation, timeoutMs });
  }

  remember(memory: KeeperMemory): void {
    const known = this.state.memory;
    if (
      known?.data === memory.data && known.term === memory.term &&
      known.handedOver === memory.handedOver
    ) return;
    this.state.memory = memory;
    this.actions.push({ kind: "remember", memory });
  }

  audit(event: KeeperAudit["event"], facts: Record<string, unknown> = {}, by?: string): void {
    const { state, seen } = this;
    const term = seen.lease.mine?.term ?? state.term ?? seen.lease.newest?.record.term ?? 0;
    const epoch = seen.server?.timeline ?? null;
    const who = by ?? `keeper:${state.setup.site}`;
    this.actions.push({ kind: "audit", entry: { event, by: who, term, epoch, facts } });
  }

  /** Notes what is wrong, or that nothing is. */
  problem(text: string | null): void {
    this.state.problem = text;
  }
}

function isUrgent(operation: ServerOperation): boolean {
  return operation.kind === "stop" && operation.mode === "immediate";
}
