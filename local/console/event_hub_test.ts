import assert from "node:assert/strict";
import { EventHub } from "./event_hub.ts";

Deno.test("EventHub sends every event to every page, and the state first", async () => {
  const hub = new EventHub();
  const pages = [hub.open([["first", 1]]), hub.open([["first", 2]])];
  hub.publish("change", { a: "b" });
  hub.close();
  assert.deepEqual(await Promise.all(pages.map((page) => page.text())), [
    'event: first\ndata: 1\n\nevent: change\ndata: {"a":"b"}\n\n',
    'event: first\ndata: 2\n\nevent: change\ndata: {"a":"b"}\n\n',
  ]);
});

Deno.test("EventHub lets go of pages that left, that do not read, and of too many", async () => {
  const hub = new EventHub();
  const left = hub.open([]);
  await left.body!.cancel();
  assert.equal(hub.listeners, 0);
  hub.open([]);
  for (let i = 0; i < 300; i++) hub.publish("change", i);
  assert.equal(hub.listeners, 0);
  for (let i = 0; i < 20; i++) hub.open([]);
  assert.equal(hub.listeners, 16);
  hub.close();
});
