import assert from "node:assert/strict";
import { VirtualAgent } from "./virtual_agent.ts";

const SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;
const webhook = { id: "bot", name: "Bot", adapter: "webhook", url: "https://bot.example/talk" };
const streaming = { id: "ear", name: "Ear", adapter: "streaming", url: "wss://bot.example/ear" };
const takes = (agent: unknown) => VirtualAgent.safeParse(agent).success;

Deno.test("a virtual agent is not authorised until somebody says so, and has its deadlines", () => {
  const agent = VirtualAgent.parse(webhook);
  assert.equal(agent.authorised, false);
  assert.equal(agent.sensitiveVariables, false);
  assert.deepEqual(agent.deadlines, {
    firstAnswerSeconds: 10,
    turnSeconds: 10,
    wholeSeconds: 900,
  });
});

Deno.test("a virtual agent's address is secure, or this very machine", () => {
  assert.ok(takes({ ...webhook, url: "http://127.0.0.1:9000/talk" }));
  assert.ok(takes({ ...streaming, url: "ws://localhost:9000/ear" }));
  for (
    const url of [
      "http://bot.example/",
      "wss://bot.example/",
      "https://me:secret@bot.example/",
      "https://bot.example/#part",
      "http://127.0.0.1.example/",
      "file:///etc/passwd",
      "nonsense",
    ]
  ) assert.ok(!takes({ ...webhook, url }), url);
  assert.ok(!takes({ ...streaming, url: "ws://10.0.0.1/" }));
});

Deno.test("a virtual agent's secret has 24 to 64 bytes, its audio what its encoding can", () => {
  assert.ok(takes({ ...webhook, secret: SECRET }));
  assert.ok(!takes({ ...webhook, secret: "whsec_c2hvcnQ=" }));
  assert.ok(!takes({ ...webhook, secret: "password" }));
  assert.ok(takes({ ...streaming, audio: { encoding: "audio/x-l16", sampleRate: 16000 } }));
  assert.ok(!takes({ ...streaming, audio: { sampleRate: 16000 } }));
});
