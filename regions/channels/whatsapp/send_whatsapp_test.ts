import assert from "node:assert/strict";
import { OutgoingHttp } from "../../egress/outgoing_http.ts";
import { sendWhatsApp, type WhatsAppContent } from "./send_whatsapp.ts";
import { TEST_FENCE } from "../../testing/test_fence.ts";

const timer = (ms: number, run: () => void) => {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
};
const MESSAGE = "0190cafe-0000-7000-8000-000000000001";

/** Runs `sendWhatsApp` against a server that answers as told; returns what it was asked. */
async function sending(
  answer: () => Response | Promise<Response>,
  content: WhatsAppContent = { text: "Hello" },
) {
  const asked: { path: string; authorization: string | null; body: unknown }[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      asked.push({
        path: new URL(request.url).pathname,
        authorization: request.headers.get("authorization"),
        body: await request.json(),
      });
      return await answer();
    },
  );
  const host = `127.0.0.1:${server.addr.port}`;
  const sender = {
    apiBase: `http://${host}/v23.0/`,
    phoneNumberId: "106540352242922",
    accessToken: "EAAG",
  };
  const egress = { allow: new Set([host]), resolve: () => Promise.resolve([]) };
  const http = new OutgoingHttp({ ...TEST_FENCE, egress, timer });
  const request = { to: "16505551234", content, messageId: MESSAGE, tenantId: "t" };
  const sent = await sendWhatsApp(http, sender, request, new AbortController().signal)
    .catch((error) => error);
  http.close();
  return { sent, asked };
}

Deno.test("sendWhatsApp() posts the Cloud API's text message and returns its id", async () => {
  const { sent, asked } = await sending(() => Response.json({ messages: [{ id: "wamid.1" }] }));
  assert.equal(sent, "wamid.1");
  assert.deepEqual(asked, [{
    path: "/v23.0/106540352242922/messages",
    authorization: "Bearer EAAG",
    body: {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "16505551234",
      biz_opaque_callback_data: MESSAGE,
      type: "text",
      text: { preview_url: false, body: "Hello" },
    },
  }]);
});

Deno.test("sendWhatsApp() posts the Cloud API's template message", async () => {
  const template = { name: "delivery_update", language: "en_GB", parameters: ["Rosa", "12"] };
  const { asked } = await sending(
    () => Response.json({ messages: [{ id: "wamid.2" }] }),
    { template },
  );
  assert.deepEqual(asked[0].body, {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: "16505551234",
    biz_opaque_callback_data: MESSAGE,
    type: "template",
    template: {
      name: "delivery_update",
      language: { code: "en_GB" },
      components: [{
        type: "body",
        parameters: [{ type: "text", text: "Rosa" }, { type: "text", text: "12" }],
      }],
    },
  });
});

for (
  const [status, error, code] of [
    [400, 100, "provider_refused"],
    [400, 131047, "provider_refused"],
    [400, 130429, "unavailable"],
    [401, 190, "provider_refused"],
    [408, null, "unavailable"],
    [429, null, "unavailable"],
    [500, null, "outcome_unknown"],
    [500, 131000, "unavailable"],
    [500, 2, "unavailable"],
    [502, null, "outcome_unknown"],
    [503, null, "unavailable"],
    [504, null, "outcome_unknown"],
    [302, null, "provider_refused"],
    [200, null, "outcome_unknown"],
  ] as const
) {
  Deno.test(`sendWhatsApp() calls an answer of ${status} with error ${error} ${code}`, async () => {
    const headers = status === 302 ? { location: "http://127.0.0.1:1/" } : undefined;
    const body = error === null ? "<html>" : JSON.stringify({ error: { code: error } });
    const { sent } = await sending(() => new Response(body, { status, headers }));
    assert.equal(sent.code, code);
  });
}

Deno.test("sendWhatsApp() does not say that nothing was sent when the connection breaks", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${listener.addr.port}`;
  const served = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(64));
    connection.close();
  })();
  const http = new OutgoingHttp({
    ...TEST_FENCE,
    egress: { allow: new Set([host]), resolve: () => Promise.resolve([]) },
    timer,
  });
  const sender = { apiBase: `http://${host}`, phoneNumberId: "1", accessToken: "EAAG" };
  const ask = (apiBase: string) =>
    sendWhatsApp(
      http,
      { ...sender, apiBase },
      { to: "1", content: { text: "Hello" }, messageId: MESSAGE, tenantId: "t" },
      new AbortController().signal,
    ).then(() => "sent", (error) => error.code);
  assert.equal(await ask(sender.apiBase), "outcome_unknown");
  await served;
  listener.close();
  assert.equal(await ask(sender.apiBase), "unavailable");
  assert.equal(await ask("http://127.0.0.1:1"), "egress_refused");
  http.close();
});
