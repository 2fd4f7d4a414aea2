import assert from "node:assert/strict";
import { erlangA } from "./erlang_a.ts";
import { erlangB } from "./erlang_b.ts";
import { erlangC } from "./erlang_c.ts";

const near = (actual: number, expected: number, by: number) =>
  assert.ok(Math.abs(actual - expected) <= by, `${actual}, not ${expected}`);

Deno.test("erlangB() agrees with the closed form and with tables", () => {
  near(erlangB(1, 0.5), 1 / 3, 1e-12);
  near(erlangB(2, 1), 0.2, 1e-12);
  near(erlangB(5, 3), 0.11005, 1e-5);
  near(erlangB(10, 8), 0.12166, 1e-5);
  // Traffic tables: 100 lines carry 84.06 erlang at a loss of one in a hundred.
  near(erlangB(100, 84.06), 0.01, 1e-4);
});

Deno.test("erlangC() agrees with the single server and with a call centre's textbook example", () => {
  near(erlangC(1, 0.7, 1).waits, 0.7, 1e-12);
  near(erlangC(1, 0.7, 1).meanWait, 0.7 / 0.3, 1e-12);
  near(erlangC(2, 1, 1).waits, 1 / 3, 1e-12);
  // 360 calls of 240 s in half an hour with 55 agents.
  const { waits, meanWait } = erlangC(55, 48, 240);
  near(waits, 0.239, 5e-4);
  near(meanWait, 8.2, 0.05);
});

Deno.test("erlangA() agrees with Mandelbaum and Zeltyn's example, and with C for endless patience", () => {
  // 48 calls a minute of one minute, 50 agents, patience of two minutes.
  const { abandons, meanWait } = erlangA(50, 48, 60, 120);
  near(abandons, 0.031, 5e-4);
  near(meanWait, 3.7, 0.05);
  const patient = erlangC(10, 8, 180);
  const almost = erlangA(10, 8, 180, 1e12);
  near(almost.waits, patient.waits, 1e-6);
  near(almost.meanWait, patient.meanWait, 1e-3);
  // One server, load 1, patience as long as service: the number there is Poisson(1).
  near(erlangA(1, 1, 1, 1).waits, 1 - Math.exp(-1), 1e-12);
});
