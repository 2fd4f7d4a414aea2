import assert from "node:assert/strict";
import { readTone } from "../audio/tone.ts";
import { entities } from "../flows/entities.ts";
import { FLOWS } from "../flows/flows.ts";
import { reengagement } from "../flows/reengagement.ts";
import { Baresip } from "../peers/baresip.ts";
import { BusinessServices } from "../peers/business_services.ts";
import { BotRules } from "../peers/rule_bot/bot_rules.ts";
import { RuleBot } from "../peers/rule_bot/rule_bot.ts";
import rules from "../peers/rule_bot/rules.json" with { type: "json" };
import { until } from "../peers/until.ts";
import { callIn, move, serve, waitsIn, wayOf } from "../story/flow_call.ts";
import { expectStored } from "../story/inbound_message.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { caller, interactions } from "../story/stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

const SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;
const ON_DUTY = "+4930999100";
let stage: OpenStage;
let services: BusinessServices;
let bot: RuleBot;
let api: TenantApi;

Deno.test.beforeAll(async () => {
  services = new BusinessServices();
  bot = new RuleBot(BotRules.parse(rules), SECRET);
  stage = await openStage({ services: [services.host, `127.0.0.1:${bot.port}`] });
  api = await TenantApi.signOn(stage);
  const { body: document, etag } = await api.ask("GET", "/configuration");
  const hosts = {
    bank: `http://${services.host}/bank`,
    airline: `http://${services.host}/airline`,
    bot: bot.url("webhook"),
  };
  for (const [kind, more] of Object.entries(entities(hosts, "front-desk", SECRET))) {
    document[kind] = [...document[kind] ?? [], ...more];
  }
  document.flows.push(...FLOWS.map((flow) => flow.id === "reengagement" ? reengagement(2) : flow));
  const { status, body } = await api.ask("POST", "/configuration/apply", document, {
    "if-match": etag!,
  });
  assert.equal(status, 200, JSON.stringify(body));
});

Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await bot?.[Symbol.asyncDispose]();
  await services?.[Symbol.asyncDispose]();
});

/** A call that goes through a flow with real digits, up to where it ends or stands in a queue. */
async function call(flowId: string, moves: Parameters<typeof move>[3], last: string) {
  await serve(api, flowId);
  await using phone = await caller(stage);
  const id = await callIn(stage, phone);
  await move(api, phone, id, moves);
  const way = await until(`the flow in ${last}`, async () => {
    const so = await wayOf(api, id);
    return so.at(-1) === last && so;
  });
  const record = (await interactions(stage)).find((it) => it.id === id)!;
  return { id, way, record };
}

Deno.test("bank: a balance is said and a card blocked over a real call", async () => {
  services.seen.length = 0;
  const { way, record } = await call("bank", [
    { at: "who", digits: "12345678#" },
    { at: "menu", digits: "1" },
    { at: "menu", digits: "2" },
    { at: "card", digits: "4111111111111111#" },
  ], "bye");
  assert.deepEqual(way, [
    ...["who", "look", "menu", "tell", "menu", "card", "block", "blocked", "bye"],
  ]);
  assert.equal(record.variables.customerName, "Rosa Lind");
  assert.deepEqual(services.seen.at(-1)?.body, {
    customer: "12345678",
    card: "4111111111111111",
  });
  assert.ok(!JSON.stringify(record).includes("4111111111111111"));
});

Deno.test("airline: the second flight offered is booked at the airline's service", async () => {
  services.seen.length = 0;
  const { way } = await call("airline", [
    { at: "reference", digits: "471100" },
    { at: "offer", digits: "2" },
    { at: "offer", digits: "1" },
  ], "bye");
  assert.ok(way.includes("book"));
  assert.deepEqual(services.seen.at(-1)?.body, { flight: "AN 14" });
});

Deno.test("clinic: a message is taken while it is closed, a person found while it is open", async () => {
  await api.change("/configuration/business-hours/practice", (hours) => hours.weekly = []);
  const closed = await call("clinic", [{ at: "message", talks: 3, digits: "#" }], "bye");
  assert.deepEqual(closed.way.slice(0, 3), ["open", "closed", "message"]);
  const { body } = await api.ask("GET", `/recordings?interactionId=${closed.id}`);
  assert.equal(body.items.length, 1);
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  await api.change("/configuration/business-hours/practice", (hours) => {
    hours.weekly = [{ days, times: [{ from: "00:00", to: "24:00" }] }];
    hours.holidayListIds = [];
  });
  const open = await call("clinic", [{ at: "menu", digits: "1" }], "to-reception");
  assert.equal(open.record.queueId, "reception");
});

Deno.test("delivery: a caller hears the place in the queue, and keeps it without the call", async () => {
  await serve(api, "delivery");
  await using phone = await caller(stage);
  const id = await callIn(stage, phone);
  const speech = await until("a spoken place", async () => {
    const { rate, samples } = await phone.heard(0.5);
    const { rms } = readTone(samples, rate);
    return rms > 0.01 && rms;
  });
  assert.ok(speech > 0);
  await waitsIn(api, id, "offer");
  await phone.digit("1");
  await phone.event("CALL_CLOSED");
  // The PoP tells of the call's end after the phone has heard of it.
  const kept = await until("a place without a call", async () => {
    const { body } = await api.ask("GET", "/queues/parcels/contacts");
    return body.items[0]?.virtual && body.items[0];
  });
  assert.equal(kept.interactionId, id);
  assert.equal(kept.virtual, "callback");
});

Deno.test("public office: the caller's language goes along to the queue", async () => {
  const { way, record } = await call(
    "public-office",
    [{ at: "languages", digits: "3" }],
    "wait-french",
  );
  assert.ok(way.includes("back"));
  assert.equal(record.variables.language, "fr-FR");
  assert.equal(record.queueId, "counter");
});

Deno.test("vip: an important caller is known by number, and told where they stand", async () => {
  const { way, record } = await call("vip", [{ at: "excuse" }], "patience");
  assert.deepEqual(way.slice(0, 5), ["who", "judge", "important", "own", "best"]);
  assert.deepEqual([record.queueId, record.variables.vip], ["service", "true"]);
});

Deno.test("a call in a menu goes on where it was after the cell was killed", async () => {
  await serve(api, "bank");
  await using phone = await caller(stage);
  const id = await callIn(stage, phone);
  await move(api, phone, id, [{ at: "who", digits: "12345678#" }]);
  await waitsIn(api, id, "menu");
  await stage.kill("cell-E39-eu-central");
  await stage.start("cell-E39-eu-central");
  await until("the cell", async () => (await api.ask("GET", `/interactions/${id}`)).status === 200);
  await phone.digit("0");
  await until("the queue", async () => (await wayOf(api, id)).at(-1) === "to-cards");
});

Deno.test("emergency: while all is closed a caller reaches those on duty, and both hear each other", async () => {
  await api.change("/configuration/entry-points/main-number", (point) => {
    point.closedFlowId = "emergency";
  });
  await api.change("/configuration/settings", (settings) => settings.emergencyClosure = true);
  try {
    await using onDuty = await Baresip.start(stage.network, { user: ON_DUTY, answers: true });
    await using phone = await caller(stage);
    const id = await callIn(stage, phone);
    await move(api, phone, id, [{ at: "word", digits: "1" }]);
    await onDuty.event("CALL_ESTABLISHED");
    const { hz } = await until("the other side at the caller", async () => {
      const { rate, samples } = await phone.heard(0.5);
      const tone = readTone(samples, rate);
      return Math.abs(tone.hz - 700) <= 10 && tone;
    });
    assert.ok(hz > 0);
    await phone.hangUp();
  } finally {
    await api.change("/configuration/settings", (settings) => settings.emergencyClosure = false);
  }
});

/** Someone who writes for the first time, to a flow. */
async function write(flowId: string, from: string, text: string) {
  await api.change("/configuration/entry-points/whatsapp", (point) => point.flowId = flowId);
  const { provider } = stage;
  await expectStored(provider.post(provider.webhook(from, text)));
  const record = await until(
    "the conversation",
    async () => (await interactions(stage)).find((it) => it.contact === from),
  );
  const got = (text: string) =>
    until(
      `"${text}" at the contact`,
      () => provider.sent.find((it) => it.to === from && it.text?.includes(text)),
    );
  const say = (text: string) => expectStored(provider.post(provider.webhook(from, text)));
  return { id: record.id, got, say };
}

const inQueue = (id: string, queueId: string) =>
  until(`${id} in ${queueId}`, async () => {
    const { body } = await api.ask("GET", `/queues/${queueId}/contacts`);
    return body.items.find((it: { interactionId: string }) => it.interactionId === id);
  });

Deno.test("bot: it answers in writing, and a person takes over when asked for", async () => {
  const contact = await write("bot", "4915110000001", "Hello");
  await contact.got("This is the bot".toLowerCase().slice(8));
  await contact.say("What are your opening hours?");
  await contact.got("nine to five");
  await contact.say("I want a person");
  await contact.got("A colleague takes over.");
  await inQueue(contact.id, "chat");
});

Deno.test("triage: urgent post waits first in line", async () => {
  const contact = await write("triage", "4915110000002", "Good morning");
  await contact.got("What is it about?");
  await contact.say("URGENT: please cancel my order");
  const { priority } = await inQueue(contact.id, "mail");
  assert.equal(priority, 9);
});

Deno.test("re-engagement: a template follows the answer that took its time, and the talk goes on", async () => {
  const contact = await write("reengagement", "4915110000003", "Where is my parcel?");
  await contact.got("number of your order");
  await contact.say("a-17");
  await contact.got("We look for order A-17");
  const { template } = await until(
    "the template",
    () => stage.provider.sent.find((it) => it.template !== null),
  );
  assert.deepEqual(template, { name: "order_found", parameters: ["Rosa Lind", "A-17"] });
  await contact.got("anything else");
  await contact.say("No");
  await contact.got("Goodbye!");
});
