import assert from "node:assert/strict";
import { watchDriver } from "./watch_driver.ts";

Deno.test("watchDriver() takes what the driver threw where nobody awaits it, and nothing else", () => {
  const target = new EventTarget();
  const lost: Error[] = [];
  const stop = watchDriver(target, (error) => lost.push(error));
  const happens = (type: string, more: object): boolean =>
    target.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), more));
  const driver = new TypeError("Cannot read properties of null (reading 'write')");
  driver.stack =
    "TypeError: x\n  at nextWrite (file:///app/node_modules/postgres/src/connection.js:255:22)";
  assert.equal(happens("error", { error: driver }), false);
  assert.equal(happens("unhandledrejection", { reason: driver }), false);
  assert.deepEqual(lost, [driver, driver]);
  assert.equal(happens("error", { error: new TypeError("ours") }), true);
  assert.equal(happens("unhandledrejection", { reason: undefined }), true);
  stop();
  assert.equal(happens("error", { error: driver }), true);
  assert.equal(lost.length, 2);
});
