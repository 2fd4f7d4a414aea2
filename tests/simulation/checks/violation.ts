/** A promise that was broken. `check` names it; the message says how, with ids. */
export class Violation extends Error {
  override readonly name = "Violation";

  constructor(readonly check: string, message: string) {
    super(`${check}: ${message}`);
  }
}
