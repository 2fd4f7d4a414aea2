import assert from "node:assert/strict";
import { ChannelTimeline } from "./channel_timeline.ts";

Deno.test("a timeline keeps a stream's own spacing, however its packets arrive", () => {
  const line = new ChannelTimeline();
  assert.equal(line.position(1, 5000, 100), 100);
  assert.equal(line.position(1, 5160, 900), 260, "late");
  assert.equal(line.position(1, 5480, 900), 580, "after a gap");
  assert.equal(line.position(1, 5320, 901), 420, "out of order");
});

Deno.test("a timeline goes on across the timestamps' end", () => {
  const line = new ChannelTimeline();
  line.position(1, 0xffffffff - 79, 0);
  assert.equal(line.position(1, 80, 170), 160);
});

Deno.test("a timeline lays a stream down anew when it is another or has jumped", () => {
  const line = new ChannelTimeline();
  line.position(1, 0, 0);
  assert.equal(line.position(2, 0, 8000), 8000);
  assert.equal(line.position(2, 900_000, 8160), 8160);
});

Deno.test("a timeline bears a burst that comes late, and follows the clock if it stays off", () => {
  const line = new ChannelTimeline();
  line.position(1, 0, 0);
  assert.equal(line.position(1, 160, 3000), 160);
  const places = Array.from({ length: 40 }, (_, i) => {
    return line.position(1, 320 + i * 160, 3160 + i * 160) - (3160 + i * 160);
  });
  assert.equal(places[0], -2840);
  assert.equal(places.at(-1), 0);
});
