import assert from "node:assert/strict";
import { PaymentService } from "../peers/payment_service.ts";
import { until } from "../peers/until.ts";
import { filesWith } from "../story/files_with.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { caller, interactions } from "../story/stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

const CARD = "4000056655665556";
/** Typed like the card, but not sensitive: it shows that the search finds what is written. */
const ORDER = "7391846205";
const TOKEN = "5105105105105100";
const GLOBAL = "6011000990139424";
const SECRET = "the payment service's key";

let stage: OpenStage;
let service: PaymentService;
Deno.test.beforeAll(async () => {
  service = new PaymentService(TOKEN);
  stage = await openStage({ services: [service.host] });
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
});

/** A flow that collects a card and an order, and asks the payment service. */
const PAY = {
  ...{ id: "pay", name: "Pay", kind: "voice", start: "card" },
  variables: { card: { sensitive: true }, token: { sensitive: true }, order: "", kind: "" },
  activities: {
    card: { ...collect("card", CARD.length), next: "order" },
    order: { ...collect("order", ORDER.length), next: "ask" },
    ask: {
      ...{ type: "http-request", connectorId: "payments", method: "POST", path: "/cards" },
      ...{ sensitive: ["card", "merchant"], timeoutSeconds: 60 },
      body: '{"card":"[[card]]","merchant":"[[merchant]]","order":{{ order | json }}}',
      outputs: [{ variable: "token", path: "$.token" }, { variable: "kind", path: "$.kind" }],
      next: "queue",
    },
    queue: { type: "queue", queueId: "sales" },
    end: { type: "hang-up" },
  },
};

function collect(variable: string, maxDigits: number) {
  const times = { firstDigitSeconds: 30, interDigitSeconds: 8 };
  return { type: "collect", variable, maxDigits, ...times, onTimeout: "end" };
}

Deno.test("a typed card number reaches the service it is for, and stands in clear nowhere on disk", async () => {
  const api = await TenantApi.signOn(stage);
  const make = async (path: string, entity: object) => {
    const { status, body } = await api.ask("POST", path, entity);
    assert.equal(status, 201, JSON.stringify(body));
  };
  await make("/configuration/connectors", {
    ...{ id: "payments", name: "Payments", baseUrl: `http://${service.host}`, methods: ["POST"] },
    ...{ authorised: true, sensitiveVariables: true },
    authentication: { type: "bearer", secret: SECRET },
  });
  await make("/configuration/global-variables", {
    ...{ id: "merchant", name: "Merchant", sensitive: true, value: GLOBAL },
  });
  await api.change("/configuration/settings", (settings) => settings.revealTo = ["admin"]);
  await make("/configuration/flows", PAY);
  const { body: { items: [point] } } = await api.ask("GET", "/configuration/entry-points?q=main");
  await api.change(`/configuration/entry-points/${point.id}`, (it) => it.flowId = "pay");

  await using phone = await caller(stage);
  await phone.dial(stage.number, stage.carrierSip);
  await phone.event("CALL_ESTABLISHED");
  for (const digit of CARD + ORDER) await phone.digit(digit);
  const record = await until("the call in its queue", async () => {
    const [it] = await interactions(stage);
    return it?.queueId === "sales" && it;
  });

  const [asked] = service.seen;
  assert.deepEqual(asked.body, { card: CARD, merchant: GLOBAL, order: ORDER });
  assert.equal(asked.authorization, `Bearer ${SECRET}`);
  assert.match(asked.key!, new RegExp(`^${record.id}:[0-9]+$`));
  assert.equal(record.variables.kind, "debit");
  const reveal = (name: string) =>
    api.ask("POST", `/interactions/${record.id}/variables/${name}/reveal`);
  for (const [name, value] of Object.entries({ card: CARD, token: TOKEN, merchant: GLOBAL })) {
    assert.deepEqual((await reveal(name)).body, { value });
  }
  await phone.hangUp();
  await phone.event("CALL_CLOSED");
  await until("the record", async () => (await interactions(stage))[0]?.endedAt !== null);

  assert.notDeepEqual(
    await filesWith(stage.dataFolder, ORDER),
    [],
    "what is not sensitive is found",
  );
  for (const value of [CARD, TOKEN, GLOBAL, SECRET]) {
    assert.deepEqual(await filesWith(stage.dataFolder, value), [], value);
  }
});

Deno.test("a request that its cell does not outlive is made again under the same key", async () => {
  const before = service.seen.length;
  const release = Promise.withResolvers<void>();
  service.held = release.promise;
  await using phone = await caller(stage);
  await phone.dial(stage.number, stage.carrierSip);
  await phone.event("CALL_ESTABLISHED");
  for (const digit of CARD + ORDER) await phone.digit(digit);
  await until("the request", () => service.seen.length > before);
  await stage.kill("cell-E39-eu-central");
  service.held = Promise.resolve();
  release.resolve();
  await stage.start("cell-E39-eu-central");
  const record = await until("the call in its queue", async () => {
    const [it] = await interactions(stage).catch(() => []);
    return it?.endedAt === null && it.queueId === "sales" && it;
  }, 40_000);
  const [first, second] = service.seen.slice(before);
  assert.match(first.key!, new RegExp(`^${record.id}:`));
  assert.deepEqual(second, first);
  await phone.hangUp();
  await phone.event("CALL_CLOSED");
  assert.deepEqual(await filesWith(stage.dataFolder, CARD), []);
});
