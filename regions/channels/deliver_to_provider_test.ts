import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ErrorCode } from "../../protocol/errors/error_code.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import {
  deliverToProvider,
  type OutgoingMessage,
  type ProviderEffect,
} from "./deliver_to_provider.ts";

const EFFECT: ProviderEffect = {
  ...{ to: "provider", assetId: "asset", contact: "491511", interactionId: "it", messageId: "m" },
};

/** A stored message, a provider that answers as told, and a log that can refuse. */
function stage(answers: (string | ErrorCode | Error)[]) {
  const message: OutgoingMessage = { status: "pending", text: "Hello", at: 0, sendingAt: null };
  const told: string[] = [];
  const refusals: ("stored" | "lost")[] = [];
  let sends = 0;
  let now = 1;
  const runner = {
    configuration: undefined as never,
    submit(command: TenantCommand) {
      const refusal = refusals.shift();
      if (refusal !== "lost") apply(command);
      if (refusal) return Promise.reject(new AntiphonError("database_unavailable", "away"));
      return Promise.resolve(undefined as never);
    },
  };
  function apply(command: TenantCommand) {
    if (command.type === "message-attempt") {
      told.push(command.outcome);
      message.sendingAt = command.outcome === "sending" ? now : null;
    }
    if (command.type === "message-status") {
      told.push(command.failure ?? command.status);
      message.status = command.status;
    }
  }
  const attempts = new Map();
  return {
    ...{ message, told, refusals, attempts },
    sends: () => sends,
    pass: (ms: number) => now += ms,
    /** Another process: it knows only what is stored. */
    crash: () => attempts.clear(),
    deliver: () =>
      deliverToProvider("t", EFFECT, runner, {
        load: () => Promise.resolve({ ...message }),
        open: () =>
          Promise.resolve(() => {
            assert.notEqual(message.sendingAt, null, "sent before it was marked");
            sends += 1;
            const answer = answers.shift() ?? "wamid.1";
            if (answer instanceof Error) return Promise.reject(answer);
            if (answer.startsWith("wamid")) return Promise.resolve(answer);
            return Promise.reject(new AntiphonError(answer as ErrorCode, "no"));
          }),
        attempts,
        now: () => now,
      }),
  };
}

const fails = (code: ErrorCode) => (error: unknown) =>
  error instanceof AntiphonError && error.code === code;

Deno.test("a message is marked before it is sent, and recorded after", async () => {
  const s = stage(["wamid.1"]);
  await s.deliver();
  assert.deepEqual(s.told, ["sending", "sent"]);
  await s.deliver();
  assert.deepEqual([s.sends(), s.attempts.size], [1, 0]);
});

Deno.test("what the provider surely did not take is tried again, under a mark of its own", async () => {
  const s = stage(["unavailable", "unavailable"]);
  for (const _ of [1, 2]) await assert.rejects(s.deliver(), fails("unavailable"));
  await s.deliver();
  assert.deepEqual(s.told, ["sending", "not-sent", "sending", "not-sent", "sending", "sent"]);
});

Deno.test("a refusal that is final, or lasts too long, makes the message fail", async () => {
  const refused = stage(["provider_refused"]);
  await refused.deliver();
  assert.deepEqual(refused.told, ["sending", "provider-refused"]);
  const busy = stage(["unavailable", "unavailable"]);
  await assert.rejects(busy.deliver());
  busy.pass(15 * 60_000);
  await busy.deliver();
  assert.deepEqual(busy.told.at(-1), "unavailable");
});

for (const answer of ["outcome_unknown" as const, new Error("a bug")]) {
  Deno.test(`what may have been taken is not sent again: ${answer}`, async () => {
    const s = stage([answer]);
    await s.deliver();
    s.crash();
    await s.deliver();
    assert.deepEqual([s.told, s.sends()], [["sending"], 1]);
  });
}

Deno.test("a process that dies between the answer and its record leaves the message alone", async () => {
  const s = stage(["wamid.1"]);
  s.refusals.push(...[undefined, "lost"] as ("stored" | "lost")[]);
  await assert.rejects(s.deliver(), fails("database_unavailable"));
  s.crash();
  await s.deliver();
  assert.deepEqual([s.sends(), s.message.status], [1, "pending"]);
});

Deno.test("a process that lives records later what it could not record at once", async () => {
  const s = stage(["wamid.1"]);
  s.refusals.push(...[undefined, "lost", "lost"] as ("stored" | "lost")[]);
  for (const _ of [1, 2]) await assert.rejects(s.deliver(), fails("database_unavailable"));
  await s.deliver();
  assert.deepEqual([s.sends(), s.told], [1, ["sending", "sent"]]);
});

for (const fate of ["stored", "lost"] as const) {
  Deno.test(`nothing goes out by a mark that may not stand: ${fate}`, async () => {
    const s = stage([]);
    s.refusals.push(fate);
    await assert.rejects(s.deliver(), fails("database_unavailable"));
    assert.equal(s.sends(), 0);
    // It never sent anything: with a mark that stands it may.
    await s.deliver();
    assert.deepEqual([s.sends(), s.told.at(-1)], [1, "sent"]);
  });
}

Deno.test("another process does not know that a mark came to nothing", async () => {
  const s = stage([]);
  s.refusals.push("stored");
  await assert.rejects(s.deliver());
  s.crash();
  await s.deliver();
  assert.equal(s.sends(), 0);
});

Deno.test("a refusal that could not be recorded is not forgotten", async () => {
  const s = stage(["unavailable"]);
  s.refusals.push(...[undefined, "lost"] as ("stored" | "lost")[]);
  await assert.rejects(s.deliver(), fails("database_unavailable"));
  await s.deliver();
  assert.deepEqual([s.sends(), s.told.at(-1)], [2, "sent"]);
});

Deno.test("a cell that may not act sends nothing, and goes on when it may", async () => {
  const s = stage(["not_active", "not_active"]);
  s.refusals.push(...[undefined, "lost"] as ("stored" | "lost")[]);
  await assert.rejects(s.deliver(), fails("database_unavailable"));
  s.pass(15 * 60_000);
  await assert.rejects(s.deliver(), fails("not_active"));
  await s.deliver();
  assert.equal(s.message.status, "sent");
});
