import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import rulesFile from "./rules.json" with { type: "json" };
import { BotRules } from "./bot_rules.ts";
import { RuleBot } from "./rule_bot.ts";
import { verifyToken } from "./verify_token.ts";

const SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;
const key = Buffer.from("0123456789abcdef01234567");
const rules = BotRules.parse(rulesFile);
const now = () => Math.floor(Date.now() / 1000);

function signed(body: string, { at = now(), with: secret = key, id = "1" } = {}) {
  const mac = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64");
  return {
    method: "POST",
    body,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(at),
      "webhook-signature": `v1,AAAA v1,${mac}`,
    },
  };
}

const turn = (input: unknown) =>
  JSON.stringify({ sessionId: "s", channel: "whatsapp", turn: 1, input });

Deno.test("the rule bot answers by its rules, and asks for a person when asked or at a loss", async () => {
  await using bot = new RuleBot(rules, SECRET);
  let id = 0;
  const ask = async (input: unknown) =>
    await (await fetch(bot.url("webhook"), signed(turn(input), { id: `t${++id}` }))).json();
  assert.equal((await ask({ type: "start" })).messages[0].text, rules.greeting);
  assert.match((await ask({ type: "text", text: "Your HOURS?" })).messages[0].text, /nine to five/);
  for (let i = 0; i < 2; i++) {
    assert.equal((await ask({ type: "text", text: "?" })).messages[0].text, rules.otherwise);
  }
  assert.equal((await ask({ type: "text", text: "?" })).outcome.reason, "not understood");
  assert.equal((await ask({ type: "text", text: "A person!" })).outcome.type, "escalate");
  assert.equal((await ask({ type: "text", text: "bye" })).outcome.type, "handled");
});

Deno.test("the rule bot turns away what is unsigned, old, changed, or signed by somebody else", async () => {
  await using bot = new RuleBot(rules, SECRET);
  const body = turn({ type: "start" });
  const { headers } = signed(body);
  for (
    const request of [
      { method: "POST", body },
      signed(body, { at: now() - 301 }),
      signed(body, { at: now() + 301 }),
      signed(body, { at: NaN }),
      signed(body, { with: Buffer.from("another key of some length") }),
      { method: "POST", body: `${body} `, headers },
      { method: "POST", body, headers: { ...headers, "webhook-signature": "v1," } },
      { method: "POST", body, headers: { ...headers, "webhook-signature": "v2,x" } },
    ]
  ) {
    const answer = await fetch(bot.url("webhook"), request);
    assert.equal(answer.status, 401);
    await answer.body?.cancel();
  }
  assert.equal(bot.refused, 8);
});

Deno.test("a stream's token is taken once it is ours, in time and for this address", () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (claims: object, alg = "HS256", secret = key) => {
    const text = `${encode({ alg })}.${encode(claims)}`;
    return `Bearer ${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  };
  const claims = { aud: "wss://bot.example/ear", exp: 100, jti: "s" };
  const check = (text: string | null) => verifyToken(SECRET, text, "wss://bot.example/ear", 99);
  assert.equal(check(token(claims))?.jti, "s");
  assert.equal(check(null), null);
  assert.equal(check("Bearer a.b.c"), null);
  assert.equal(check(token({ ...claims, exp: 99 })), null);
  assert.equal(check(token({ ...claims, aud: "wss://other.example/" })), null);
  assert.equal(check(token(claims, "none")), null);
  assert.equal(check(token(claims, "HS256", Buffer.from("another key of some length"))), null);
});
