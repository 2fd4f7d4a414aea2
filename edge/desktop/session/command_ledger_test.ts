import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { CommandLedger } from "./command_ledger.ts";

const command = { type: "agent.sign-out" } as const;

Deno.test("command ledger settles a command with its result", async () => {
  const clock = new VirtualClock();
  const ledger = new CommandLedger(clock);
  const outcome = ledger.enter("a", command, 1_000);
  deepStrictEqual(ledger.open(), [{ commandId: "a", command }]);
  ledger.settle("a", { ok: true });
  ledger.settle("a", { ok: true });
  deepStrictEqual(await outcome, { ok: true });
  strictEqual(clock.pending, 0);
});

Deno.test("command ledger ends a command at its deadline", async () => {
  const clock = new VirtualClock();
  const outcome = new CommandLedger(clock).enter("a", command, 1_000);
  await clock.pass(1_000);
  const ended = await outcome;
  strictEqual(!ended.ok && ended.problem.code, "deadline_exceeded");
});

Deno.test("command ledger ends all when the session is over", async () => {
  const clock = new VirtualClock();
  const ledger = new CommandLedger(clock);
  const outcomes = [ledger.enter("a", command, 1_000), ledger.enter("b", command, 1_000)];
  ledger.abandon();
  for (const outcome of await Promise.all(outcomes)) {
    strictEqual(!outcome.ok && outcome.problem.code, "unavailable");
  }
  strictEqual(clock.pending, 0);
});
