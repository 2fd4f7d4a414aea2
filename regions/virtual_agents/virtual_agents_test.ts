import assert from "node:assert/strict";
import { decodeJwt } from "jose";
import type { VirtualAgent } from "../../protocol/configuration/virtual_agent.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { OutgoingHttp } from "../egress/outgoing_http.ts";
import { loadMessages } from "../messages/load_messages.ts";
import { BOT_SECRET, ruleBotProcess } from "../testing/rule_bot_process.ts";
import { type Behaviour, serviceDouble } from "../testing/service_double.ts";
import { ASSET, type Draft } from "../testing/tenant_harness.ts";
import { useTestCell } from "../testing/use_test_cell.ts";
import { completeStream } from "./complete_stream.ts";
import type { TurnAnswer } from "./turn_answer.ts";
import type { TurnInput, TurnRequest } from "./turn_request.ts";
import { webhookService } from "./webhook_service.ts";
import { TEST_FENCE } from "../testing/test_fence.ts";

const test = useTestCell();
const INTERACTION = "01890a5d-ac96-774b-bcce-000000000001";

/** A tenant whose conversations begin with a bot at an address. */
async function tenant(url: string, changes: Partial<VirtualAgent> = {}): Promise<string> {
  return await test().tenant((draft: Draft) => {
    draft.virtualAgents.push({
      ...{ id: "bot", name: "Bot", adapter: "webhook", url, secret: BOT_SECRET, authorised: true },
      ...changes,
    });
    const flow = draft.flows[1];
    flow.start = "bot";
    flow.variables = { reason: "" };
    flow.activities.bot = {
      ...{ type: "virtual-agent", virtualAgentId: "bot", reasonVariable: "reason" },
      ...{ onHandled: "wait", onEscalated: "wait" },
    };
  });
}

/** Asks a bot for one turn. */
async function turn(
  url: string,
  { host, input = { type: "start" }, agent = {}, turn = 1, ms = 5000, variables = {} }: {
    host: string;
    input?: TurnInput;
    agent?: Partial<VirtualAgent>;
    turn?: number;
    ms?: number;
    variables?: TurnRequest["variables"];
  },
): Promise<TurnAnswer> {
  const tenantId = await tenant(url, agent);
  const { options, keys, tenants } = test().cell;
  const { configuration } = (await tenants.get(tenantId))!;
  const resolve = () => Promise.resolve([]);
  const http = new OutgoingHttp({
    ...TEST_FENCE,
    ...options,
    egress: { allow: new Set([host]), resolve },
  });
  const log = createLogger({ service: "test", write: () => {} });
  const service = webhookService({ ...options, keys, http, log });
  const request: TurnRequest = {
    ...{ type: "virtual-agent", virtualAgentId: "bot", sessionId: "s:1", turn, input },
    ...{ channel: "whatsapp", language: "en", variables, seals: ["botSaid"] },
    until: options.now() + ms,
  };
  const call = { tenantId, interactionId: INTERACTION, step: 1, request, configuration };
  try {
    return await service(call, new AbortController().signal) as TurnAnswer;
  } finally {
    http.close();
  }
}

Deno.test("a webhook bot is asked over a signed request, and its sealed values stay sealed", async () => {
  await using bot = await ruleBotProcess();
  const start = await turn(bot.url(), bot);
  assert.ok(start.outcome === "answered" && start.ended === null);
  assert.match(start.texts[0], /^Hello/);
  const input = { type: "digits" as const, digits: "9", sealed: null };
  const end = await turn(bot.url(), { host: bot.host, input, turn: 2 });
  assert.ok(end.outcome === "answered" && end.ended?.type === "handled");
  assert.deepEqual(end.ended.variables, {});
  assert.match(end.ended.sealed.botSaid, /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/);
});

Deno.test("a bot that fails in any way is a fault with a reason, in time", async () => {
  await using bot = await ruleBotProcess();
  const { host } = bot;
  const fault = async (does: string, more = {}) => {
    const answer = await turn(bot.url(does), { host, ...more });
    assert.equal(answer.outcome, "failed");
    return answer.outcome === "failed" ? answer.fault : null;
  };
  assert.equal(await fault("slow", { ms: 200 }), "deadline");
  assert.equal(await fault("broken"), "invalid-answer");
  assert.equal(await fault("nonsense"), "invalid-answer");
  assert.equal(await fault("huge"), "invalid-answer");
  assert.equal(await fault("redirects"), "redirected");
  assert.equal(await fault("fails"), "refused");
  assert.equal(await fault("refuses"), "refused");
  const secret = `whsec_${btoa("another key of 24 bytes!")}`;
  assert.equal(await fault("", { agent: { secret } }), "refused");
  await assert.rejects(fault("", { agent: { authorised: false } }), /node_not_authorised/);
  assert.equal(await fault("", { host: "127.0.0.1:1" }), "refused-address");
});

Deno.test("a request that was never answered is sent once more, under the same id", async () => {
  const ids: string[] = [];
  const dies: Behaviour = ({ headers }, response) => {
    ids.push(headers["webhook-id"]);
    if (ids.length === 1) return void response.destroy();
    response.end('{"messages":[],"expect":"nothing","outcome":{"type":"handled"}}');
  };
  const server = await serviceDouble(dies);
  const answer = await turn(server.url, server);
  assert.equal(answer.outcome, "answered");
  assert.deepEqual(ids, ["s:1:1", "s:1:1"]);
  await server.close();
});

Deno.test("a bot is told sensitive values and digits only as they are sent", async () => {
  const server = await serviceDouble((_, response) => {
    response.end('{"messages":[{"text":"ok"}],"expect":"text"}');
  });
  const tenantId = await tenant(server.url);
  const { keys, options, tenants } = test().cell;
  const { configuration } = (await tenants.get(tenantId))!;
  const resolve = () => Promise.resolve([]);
  const http = new OutgoingHttp({
    ...TEST_FENCE,
    ...options,
    egress: { allow: new Set([server.host]), resolve },
  });
  const request: TurnRequest = {
    ...{ type: "virtual-agent", virtualAgentId: "bot", sessionId: "s:1", turn: 1 },
    input: { type: "digits", digits: null, sealed: await keys.seal(tenantId, "4242") },
    ...{ channel: "voice", language: "en", seals: [], until: options.now() + 5000 },
    variables: { tier: "gold", card: { sealed: await keys.seal(tenantId, "5100") } },
  };
  const call = { tenantId, interactionId: INTERACTION, step: 1, request, configuration };
  await webhookService({ ...options, keys, http })(call, new AbortController().signal);
  assert.deepEqual(JSON.parse(server.seen[0].body), {
    ...{ version: 1, sessionId: "s:1", tenantId, channel: "voice", language: "en", turn: 1 },
    input: { type: "digits", digits: "4242" },
    variables: { tier: "gold", card: "5100" },
  });
  http.close();
  await server.close();
});

Deno.test("a contact writes with a bot through the whole cell until a person is asked for", async () => {
  await using bot = await ruleBotProcess();
  const { options, tenants } = test().cell;
  (options.egress.allow as Set<string>).add(bot.host);
  const tenantId = await tenant(bot.url());
  const runner = (await tenants.get(tenantId))!;
  const write = (text: string) =>
    runner.submit({
      ...{ type: "message-received", assetId: ASSET, contact: "rosa", contactName: "Rosa", text },
      ...{ messageId: options.newId(), providerMessageId: options.newId() },
      sentAt: options.now(),
    });
  const thread = async (): Promise<Message[]> => {
    const [it] = runner.state.interactions.values();
    return await loadMessages(options.db, tenantId, { interactionIds: [it.id] });
  };
  const until = async (holds: () => boolean | Promise<boolean>) => {
    for (const limit = Date.now() + 10_000; !await holds();) {
      assert.ok(Date.now() < limit, "it did not come");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  await write("Hi");
  await until(async () => (await thread()).length === 2);
  await write("Your hours?");
  await until(async () => (await thread()).length === 4);
  assert.deepEqual((await thread()).map(({ author }) => author), [
    "contact",
    "bot",
    "contact",
    "bot",
  ]);
  assert.equal((await thread())[3].text, "We are open from nine to five.");
  await write("A person, please");
  const [it] = runner.state.interactions.values();
  await until(() =>
    it.phase === "queued" || runner.state.interactions.get(it.id)?.phase === "queued"
  );
  const { variables } = runner.state.interactions.get(it.id)!.flow;
  assert.equal(variables.reason, "asked for a person");
  const rows = await options.db.selectFrom("cell.effects").select("body")
    .where("tenant_id", "=", tenantId).execute();
  assert.doesNotMatch(JSON.stringify(rows), /hours\?/i);
});

Deno.test("a stream's token is made when its command goes out, and is good for that stream only", async () => {
  const url = "wss://bot.example/ear";
  const tenantId = await test().tenant((draft: Draft) => {
    draft.virtualAgents.push({
      ...{ id: "bot", name: "Bot", adapter: "streaming", url, secret: BOT_SECRET },
    });
  });
  const { options, keys } = test().cell;
  const streamId = options.newId();
  const sealed = { card: await keys.seal(tenantId, "5100") };
  const effect = (virtualAgentId: string) => ({
    ...{ to: "pop" as const, popId: "FRA", callId: INTERACTION, commandId: "c" },
    command: {
      ...{ type: "stream" as const, streamId, url, authorization: "" },
      ...{ encoding: "audio/x-mulaw" as const, sampleRate: 8000 as const, seal: null },
      ...{ parameters: { tier: "gold" }, connectMs: 1, firstAudioMs: 1, silentMs: 1, wholeMs: 1 },
    },
    bot: { virtualAgentId, sealed },
  });
  const command = await completeStream(tenantId, effect("bot"), { ...options, keys });
  assert.ok(command.type === "stream");
  assert.deepEqual(command.parameters, { tier: "gold", card: "5100" });
  const { iat, exp, ...claims } = decodeJwt(command.authorization.replace("Bearer ", ""));
  assert.equal(exp! - iat!, 120);
  assert.deepEqual(claims, {
    ...{ iss: "antiphon", aud: url, sub: INTERACTION, jti: streamId },
    tenant: tenantId,
  });
  const gone = await completeStream(tenantId, effect("other"), { ...options, keys });
  assert.ok(gone.type === "stream" && gone.authorization === "");
  const { bot } = effect("bot");
  const unreadable = { ...effect("bot"), bot: { ...bot, sealed: { card: "5100" } } };
  const refused = await completeStream(tenantId, unreadable, { ...options, keys });
  assert.ok(refused.type === "stream" && refused.authorization === "", "the call goes on");
  assert.deepEqual(refused.parameters, { tier: "gold" });
});
