import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { EffectLanes } from "../effects/effect_lanes.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { deliverToService } from "./deliver_to_service.ts";
import type { ServiceCall, ServiceHandler } from "./service_call.ts";

const request = { type: "test" };
const effect = (step = 3) => ({ to: "service", interactionId: "i", step, request }) as const;

/** A tenant's machine that stands at step 3, and whose commits may fail. */
function stage(handler: ServiceHandler, failures = 0) {
  const submitted: TenantCommand[] = [];
  const calls: ServiceCall[] = [];
  const lines: string[] = [];
  let left = failures;
  const runner = {
    ports: { tenantId: "t" },
    configuration: {},
    state: { interactions: new Map([["i", { flow: { step: 3, handlers: [{ step: 9 }] } }]]) },
    submit: (command: TenantCommand) => {
      if (left-- > 0) return Promise.reject(new Error("not committed"));
      submitted.push(command);
      return Promise.resolve();
    },
  } as unknown as TenantRunner;
  const closing = new AbortController();
  const ports = {
    services: new Map([["test", (call: ServiceCall, signal: AbortSignal) => {
      calls.push(call);
      return handler(call, signal);
    }]]),
    closing: closing.signal,
    log: createLogger({ service: "test", write: (line) => lines.push(line) }),
  };
  return { runner, ports, submitted, calls, closing, lines };
}

Deno.test("an answer goes to the step that asked; one that nobody waits for is not asked", async () => {
  const { runner, ports, submitted, calls } = stage(() => Promise.resolve({ ok: 1 }));
  await deliverToService(effect(), runner, ports);
  await deliverToService(effect(9), runner, ports);
  await deliverToService(effect(2), runner, ports);
  await deliverToService({ ...effect(), interactionId: "gone" }, runner, ports);
  assert.deepEqual(
    submitted,
    [3, 9].map((step) => ({
      ...{ type: "flow-answered", interactionId: "i", step, answer: { ok: 1 } },
    })),
  );
  assert.equal(calls.length, 2);
});

Deno.test("a request whose answer is not committed is made again, under the same step", async () => {
  const { runner, ports, submitted, calls, lines } = stage(() => Promise.resolve(1), 2);
  const done = Promise.withResolvers<void>();
  const lanes = new EffectLanes({
    deliver: (_, [stored]) => deliverToService(stored.effect as never, runner, ports),
    delivered: () => done.resolve(),
    delay: () => Promise.resolve(),
    log: ports.log,
  });
  lanes.add("t", [{ id: "e", effect: effect() }]);
  await done.promise;
  assert.deepEqual(
    calls.map(({ interactionId, step }) => [interactionId, step]),
    Array(3).fill(["i", 3]),
  );
  assert.equal(submitted.length, 1);
  assert.equal(lines.length, 2);
});

Deno.test("a slow service keeps no other waiting, not even of the same conversation", async () => {
  const hold = Promise.withResolvers<void>();
  const { runner, ports } = stage(({ step }) => step === 3 ? hold.promise : Promise.resolve());
  const taken: string[] = [];
  const [fast, all] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const lanes = new EffectLanes({
    deliver: (_, [stored]) => deliverToService(stored.effect as never, runner, ports),
    delivered: ([id]) => {
      taken.push(id);
      (id === "fast" ? fast : all).resolve();
    },
    delay: () => Promise.resolve(),
    log: ports.log,
  });
  lanes.add("t", [{ id: "slow", effect: effect(3) }, { id: "fast", effect: effect(9) }]);
  await fast.promise;
  hold.resolve();
  await all.promise;
  assert.deepEqual(taken, ["fast", "slow"]);
});

Deno.test("what cannot be carried out is an answer; what the cell's end broke off is not", async () => {
  const broken = stage(() => Promise.reject(new TypeError("a bug")));
  await deliverToService(effect(), broken.runner, broken.ports);
  await deliverToService({ ...effect(), request: { type: "no" } }, broken.runner, broken.ports);
  assert.deepEqual(
    broken.submitted.map((it) =>
      it.type === "flow-answered" && (it.answer as { code: string }).code
    ),
    ["internal", "internal"],
  );
  const closing = stage((_, signal) => {
    closing.closing.abort(new Error("closing"));
    return Promise.reject(signal.reason);
  });
  await assert.rejects(deliverToService(effect(), closing.runner, closing.ports), /closing/);
  assert.deepEqual(closing.submitted, []);
});
