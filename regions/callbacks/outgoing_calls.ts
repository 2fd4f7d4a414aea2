import type { Interaction } from "../interactions/interaction.ts";

/**
 * Calls of ours by their ids, and the numbers that are being called or talked to. Derived from the
 * interactions. Every operation is O(1).
 */
export class OutgoingCalls {
  readonly #interactions = new Map<string, string>();
  /** By number, the call that stands. */
  readonly #numbers = new Map<string, string>();

  /** An interaction has a call of ours, which stands or has ended. */
  add({ id, call }: Interaction): void {
    if (!call || call.number === null) return;
    this.#interactions.set(call.callId, id);
    if (!call.ended) this.#numbers.set(call.number, call.callId);
  }

  /** The call of an interaction has ended. */
  ended({ call }: Interaction): void {
    if (!call || call.number === null) return;
    if (this.#numbers.get(call.number) === call.callId) this.#numbers.delete(call.number);
  }

  /** The call is its interaction's no more. */
  forget(it: Interaction): void {
    this.ended(it);
    if (it.call) this.#interactions.delete(it.call.callId);
  }

  /** The interaction that a call of ours belongs to. */
  interactionOf(callId: string): string | undefined {
    return this.#interactions.get(callId);
  }

  /** Whether a call of ours to a number stands. */
  isCalled(number: string): boolean {
    return this.#numbers.has(number);
  }
}
