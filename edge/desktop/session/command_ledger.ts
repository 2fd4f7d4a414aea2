import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Problem } from "../../../protocol/errors/problem.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import type { Clock } from "../time/clock.ts";
import type { CommandOutcome } from "./command_outcome.ts";

interface Entry {
  command: AgentCommand;
  settle: (outcome: CommandOutcome) => void;
  cancel: () => void;
}

/**
 * Commands that wait for their result. An entry outlives its socket: what is still open is sent
 * again under its old id, which the platform answers as it did the first time.
 */
export class CommandLedger {
  #clock: Clock;
  #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Enters a command; the promise settles with its result, or at its deadline (in ms). */
  enter(commandId: string, command: AgentCommand, deadline: number): Promise<CommandOutcome> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(deadline, () => {
        this.settle(
          commandId,
          refused("deadline_exceeded", "The platform did not answer in time. Try again."),
        );
      });
      this.#entries.set(commandId, { command, settle: resolve, cancel });
    });
  }

  /** Takes a result; one that nobody waits for is dropped. */
  settle(commandId: string, outcome: CommandOutcome): void {
    const entry = this.#entries.get(commandId);
    if (!entry) return;
    this.#entries.delete(commandId);
    entry.cancel();
    entry.settle(outcome);
  }

  /** What waits, oldest first. */
  open(): { commandId: string; command: AgentCommand }[] {
    return [...this.#entries].map(([commandId, { command }]) => ({ commandId, command }));
  }

  /** Ends every wait, because the session is over. */
  abandon(): void {
    for (const { commandId } of this.open()) {
      this.settle(commandId, refused("unavailable", "You are signed out."));
    }
  }
}

function refused(
  code: "deadline_exceeded" | "unavailable",
  detail: string,
): { ok: false; problem: Problem } {
  return { ok: false, problem: toProblem(new AntiphonError(code, detail)) };
}
