import assert from "node:assert/strict";
import { ChangeSignal } from "./change_signal.ts";

Deno.test("ChangeSignal wakes every waiter at once", async () => {
  const changes = new ChangeSignal();
  const waits = [changes.wait(0, 60_000), changes.wait(0, 60_000)];
  changes.raise();
  await Promise.all(waits);
  assert.equal(changes.generation, 1);
});

Deno.test("ChangeSignal does not wait for what has happened", async () => {
  const changes = new ChangeSignal();
  changes.raise();
  await changes.wait(0, 60_000);
});

Deno.test("ChangeSignal stops waiting at its deadline and when told to", async () => {
  const changes = new ChangeSignal();
  await changes.wait(0, 1);
  const stop = new AbortController();
  const wait = changes.wait(0, 60_000, stop.signal);
  stop.abort();
  await wait;
  await changes.wait(0, 60_000, stop.signal);
  assert.equal(changes.generation, 0);
});
