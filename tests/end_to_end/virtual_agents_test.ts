import assert from "node:assert/strict";
import { readTone } from "../audio/tone.ts";
import { BotRules } from "../peers/rule_bot/bot_rules.ts";
import { RuleBot } from "../peers/rule_bot/rule_bot.ts";
import rules from "../peers/rule_bot/rules.json" with { type: "json" };
import { until } from "../peers/until.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { agent, caller, interactions } from "../story/stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

const SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;
let bot: RuleBot;
let stage: OpenStage;
Deno.test.beforeAll(async () => {
  bot = new RuleBot(BotRules.parse(rules), SECRET);
  stage = await openStage({ services: [`127.0.0.1:${bot.port}`] });
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await bot?.[Symbol.asyncDispose]();
});

Deno.test("a caller talks with a streaming bot, asks for a person, and the agent reads what was said", async () => {
  const api = await TenantApi.signOn(stage);
  const { body: document, etag } = await api.ask("GET", "/configuration");
  document.virtualAgents = [{
    ...{ id: "ear", name: "Ear", adapter: "streaming", url: bot.url("streaming"), secret: SECRET },
    authorised: true,
  }];
  document.flows.push({
    ...{ id: "with-bot", name: "With a bot", kind: "voice", start: "bot" },
    variables: { why: "" },
    activities: {
      bot: {
        ...{ type: "virtual-agent", virtualAgentId: "ear", reasonVariable: "why" },
        ...{ onHandled: "end", onEscalated: "queue" },
      },
      end: { type: "hang-up" },
      queue: { type: "queue", queueId: "sales" },
    },
  });
  for (const point of document.entryPoints) {
    if (point.channel === "voice") point.flowId = "with-bot";
  }
  const applied = await api.ask("POST", "/configuration/apply", document, { "if-match": etag! });
  assert.equal(applied.status, 200, JSON.stringify(applied.body));

  await using desktop = await agent(stage);
  await desktop.goAvailable();
  await using phone = await caller(stage);
  const hears = (hz: number) =>
    until(`${hz} Hz at the caller`, async () => {
      const { rate, samples } = await phone.heard(0.3);
      return Math.abs(readTone(samples, rate).hz - hz) < 15;
    });
  await phone.dial(stage.number, stage.carrierSip);
  await phone.event("CALL_ESTABLISHED");
  await hears(600);
  await phone.digit("1");
  await hears(400);
  await phone.digit("0");
  await desktop.offer();
  const [record] = await interactions(stage);
  assert.equal(record.variables.why, "asked for a person");
  await desktop.at("accept").click();
  await desktop.at("transcript").waitFor({ timeout: 15_000 });
  const said = await desktop.page.getByTestId("transcript").getByTestId("message").allInnerTexts();
  assert.equal(said.length, 4);
  assert.match(said[2], /We are open from nine to five/);
  await phone.hangUp();
});

Deno.test("a caller listens to a webhook bot's words and types, until a person is asked for", async () => {
  const api = await TenantApi.signOn(stage);
  const { body: document, etag } = await api.ask("GET", "/configuration");
  document.virtualAgents.push({
    ...{ id: "mouth", name: "Mouth", adapter: "webhook", url: bot.url("webhook"), secret: SECRET },
    authorised: true,
  });
  document.flows.find((flow: { id: string }) => flow.id === "with-bot").activities.bot
    .virtualAgentId = "mouth";
  const applied = await api.ask("POST", "/configuration/apply", document, { "if-match": etag! });
  assert.equal(applied.status, 200, JSON.stringify(applied.body));
  const before = bot.turns.length;
  const turn = (n: number) => until(`turn ${n}`, () => bot.turns[before + n - 1], 20_000);

  await using phone = await caller(stage);
  await phone.dial(stage.number, stage.carrierSip);
  await phone.event("CALL_ESTABLISHED");
  assert.deepEqual((await turn(1)).input, { type: "start" });
  await until("speech at the caller", async () => {
    const { rate, samples } = await phone.heard(0.5);
    return readTone(samples, rate).rms > 0.01;
  });
  await phone.digit("1");
  assert.deepEqual((await turn(2)).input, { type: "digits", digits: "1" });
  await until("speech at the caller", async () => {
    const { rate, samples } = await phone.heard(0.5);
    return readTone(samples, rate).rms > 0.01;
  });
  await phone.digit("0");
  assert.deepEqual((await turn(3)).input, { type: "digits", digits: "0" });
  await until("the call in its queue", async () => {
    const [record] = await interactions(stage);
    return record.queueId === "sales" && record.variables.why === "asked for a person";
  });
  await phone.hangUp();
});
