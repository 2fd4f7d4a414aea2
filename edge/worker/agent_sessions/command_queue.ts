import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Problem } from "../../../protocol/errors/problem.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";

/** What the cell said to a command. `again`: it did not take it, or could not be asked. */
export type CommandOutcome =
  | { kind: "done" }
  | { kind: "refused"; problem: Problem }
  | { kind: "again"; problem?: Problem };

/** What a queue needs of the world. */
export interface CommandQueuePorts {
  /** One attempt of at most `timeoutMs`. Never throws. */
  send(commandId: string, command: AgentCommand, timeoutMs: number): Promise<CommandOutcome>;
  answer(result: Extract<SessionFrame, { type: "result" }>): void;
  pause(ms: number): Promise<void>;
  now(): number;
}

const MOST_WAITING = 32;
/** How long a command is tried; its cell may be restarting or moving. */
const DEADLINE_MS = 12_000;
const ATTEMPT_MS = 4_000;
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 1_000;

/**
 * An agent's commands on their way to the cell: one after the other, in the order given, each tried
 * for 12 seconds. The cell knows a repeat by its `commandId`.
 */
export class CommandQueue {
  readonly #waiting: { commandId: string; command: AgentCommand; until: number }[] = [];
  #running = false;

  constructor(readonly ports: CommandQueuePorts) {}

  /** Takes a command; its result follows. One that is already waiting is not taken twice. */
  add(commandId: string, command: AgentCommand): void {
    if (this.#waiting.some((known) => known.commandId === commandId)) return;
    if (this.#waiting.length >= MOST_WAITING) {
      const problem = toProblem(new AntiphonError("too_many_requests", "Wait for the results"));
      return this.ports.answer({ type: "result", commandId, ok: false, problem });
    }
    this.#waiting.push({ commandId, command, until: this.ports.now() + DEADLINE_MS });
  }

  /** Works until nothing waits. One run at a time; never throws. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let head = this.#waiting[0]; head; head = this.#waiting[0]) {
        const problem = await this.#attempt(head.commandId, head.command, head.until);
        this.#waiting.shift();
        const { commandId } = head;
        this.ports.answer({ type: "result", commandId, ok: problem === null, problem });
      }
    } finally {
      this.#running = false;
    }
  }

  async #attempt(id: string, command: AgentCommand, until: number): Promise<Problem | null> {
    const { now, send, pause } = this.ports;
    let last: Problem | undefined;
    for (let wait = FIRST_PAUSE_MS; now() < until; wait = Math.min(wait * 2, LAST_PAUSE_MS)) {
      const outcome = await send(id, command, Math.min(ATTEMPT_MS, until - now()));
      if (outcome.kind === "done") return null;
      if (outcome.kind === "refused") return outcome.problem;
      last = outcome.problem ?? last;
      await pause(Math.max(0, Math.min(wait, until - now())));
    }
    return last ?? toProblem(
      new AntiphonError("cluster_unavailable", "The cluster does not answer; try again"),
    );
  }
}
