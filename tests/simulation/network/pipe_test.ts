import assert from "node:assert/strict";
import fc from "fast-check";
import { EventQueue } from "../clock/event_queue.ts";
import { Random } from "../random/random.ts";
import { Network } from "./network.ts";
import { Pipe } from "./pipe.ts";

function piped(seed: number) {
  const queue = new EventQueue(0);
  const network = new Network(queue);
  const heard = { near: [] as string[], far: [] as string[] };
  const end = (side: "near" | "far") => ({
    receive: (text: string) => void heard[side].push(text),
    closed: () => void heard[side].push("closed"),
  });
  const pipe = new Pipe(network, new Random("pipe", seed), end("near"), end("far"));
  return { queue, network, heard, pipe };
}

Deno.test("Pipe brings what is sent in order, and tells of its end once, after it", () => {
  fc.assert(fc.property(fc.nat(), fc.array(fc.nat(30), { maxLength: 20 }), (seed, waits) => {
    const { queue, heard, pipe } = piped(seed);
    let at = 0;
    waits.forEach((wait, i) => queue.at(at += wait, () => pipe.send("far", String(i))));
    queue.at(at, () => pipe.close("near"));
    queue.at(at, () => pipe.close("near"));
    while (queue.step());
    assert.deepEqual(heard, { near: [], far: [...waits.map((_, i) => String(i)), "closed"] });
  }));
});

Deno.test("Pipe that is cut brings nothing more, and each side hears of it", () => {
  const { queue, heard, pipe } = piped(1);
  pipe.send("far", "lost");
  pipe.cut(1_000);
  pipe.send("near", "lost too");
  while (queue.step());
  assert.deepEqual(heard, { near: ["closed"], far: ["closed"] });
});
