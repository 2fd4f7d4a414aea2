import assert from "node:assert/strict";
import { EventQueue } from "../clock/event_queue.ts";
import { Random } from "../random/random.ts";
import { Network } from "./network.ts";

async function settled(queue: EventQueue): Promise<void> {
  do await Promise.resolve().then(() => {}); while (queue.step());
}

Deno.test("Network answers requests after a while, and hands on refusals", async () => {
  const queue = new EventQueue(0);
  const network = new Network(queue);
  const random = new Random("network");
  const answer = network.request(random, 1_000, () => Promise.resolve("yes"));
  const refusal = network.request(random, 1_000, () => Promise.reject(new Error("no")));
  const refused = assert.rejects(refusal, /no/);
  await settled(queue);
  assert.equal(await answer, "yes");
  await refused;
});

Deno.test("Network in bad weather loses requests or answers, and says so in time", async () => {
  const queue = new EventQueue(0);
  const network = new Network(queue);
  network.weather = { loss: 0.5, slowest: 10 };
  const random = new Random("weather");
  let carriedOut = 0;
  const outcomes: Promise<string>[] = [];
  for (let i = 0; i < 200; i++) {
    const run = () => Promise.resolve(void (carriedOut += 1));
    outcomes.push(network.request(random, 100, run).then(() => "ok", (error) => error.code));
  }
  for (let i = 0; i < 2_000; i++) await settled(queue);
  const known = await Promise.all(outcomes);
  const answered = known.filter((outcome) => outcome === "ok").length;
  assert.ok(answered > 20 && answered < carriedOut && carriedOut < 180);
  assert.equal(known.filter((outcome) => outcome === "unavailable").length, 200 - answered);
  assert.equal(queue.now, 100);
});
