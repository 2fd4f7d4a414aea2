import assert from "node:assert/strict";
import type { ServiceCall } from "../services/service_call.ts";
import { limitTurns, TURNS_AT_ONCE } from "./limit_turns.ts";

Deno.test("a tenant's slow bots hold up that tenant's turns alone, and no longer than these may take", async () => {
  const held: (() => void)[] = [];
  const asked: string[] = [];
  const waiting = new Set<() => void>();
  const service = limitTurns(({ tenantId }) => {
    asked.push(tenantId);
    return new Promise((resolve) => held.push(() => resolve("done")));
  }, {
    now: () => 0,
    timer: (_, run) => {
      waiting.add(run);
      return () => void waiting.delete(run);
    },
  });
  const turn = (tenantId: string) => {
    const request = {
      ...{ type: "virtual-agent", virtualAgentId: "bot", sessionId: "s:1", turn: 3, seals: [] },
      ...{ input: { type: "start" }, channel: "whatsapp", language: "en", variables: {} },
      until: 1000,
    };
    const call = { tenantId, interactionId: "i", step: 1, request } as unknown as ServiceCall;
    return service(call, new AbortController().signal);
  };
  const first = Array.from({ length: TURNS_AT_ONCE.most }, () => turn("slow"));
  const [late, next] = [turn("slow"), turn("slow")];
  const other = turn("other");
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(asked.filter((id) => id === "slow").length, TURNS_AT_ONCE.most);
  assert.equal(asked.at(-1), "other");
  const [give] = waiting;
  give();
  assert.deepEqual(await late, { outcome: "failed", turn: 3, fault: "deadline" });
  held[0]();
  assert.equal(await first[0], "done");
  await Promise.resolve();
  held.forEach((release) => release());
  while (asked.length < TURNS_AT_ONCE.most + 2) await Promise.resolve();
  held.at(-1)!();
  await Promise.all([...first, next, other]);
});
