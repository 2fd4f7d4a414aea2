import assert from "node:assert/strict";
import { sendWhatsApp, type WhatsAppContent } from "./send_whatsapp.ts";
import { TEST_FENCE } from "../../testing/test_fence.ts";

/** Runs `sendWhatsApp` against a server that answers as told; returns what it was asked. */
async function sending(answer: () => Response, content: WhatsAppContent = { text: "Hello" }) {
  const asked: { path: string; authorization: string | null; body: unknown }[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      asked.push({
        path: new URL(request.url).pathname,
        authorization: request.headers.get("authorization"),
        body: await request.json(),
      });
      return answer();
    },
  );
  const host = `127.0.0.1:${server.addr.port}`;
  const sender = {
    apiBase: `http://${host}/v23.0/`,
    phoneNumberId: "106540352242922",
    accessToken: "EAAG",
  };
  const policy = { allow: new Set([host]), resolve: () => Promise.resolve([]) };
  const sent = await sendWhatsApp(sender, "16505551234", content, policy, TEST_FENCE).catch((
    error,
  ) => error);
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
  const [status, code] of [
    [400, "provider_refused"],
    [401, "provider_refused"],
    [
      429,
      "unavailable",
    ],
    [503, "unavailable"],
    [302, "provider_refused"],
  ] as const
) {
  Deno.test(`sendWhatsApp() calls an answer of ${status} ${code}`, async () => {
    const headers = status === 302 ? { location: "http://127.0.0.1:1/" } : undefined;
    const { sent } = await sending(() => new Response("{}", { status, headers }));
    assert.equal(sent.code, code);
  });
}
