import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readLines } from "../processes/read_lines.ts";
import { temporaryConsole } from "./testing/temporary_console.ts";

/** Events of the page's stream, one by one. */
async function* events(url: string): AsyncGenerator<{ type: string; data: unknown }> {
  const response = await fetch(`${url}/api/events`);
  let type = "";
  for await (const line of readLines(response.body!)) {
    if (line.startsWith("event: ")) type = line.slice(7);
    if (line.startsWith("data: ")) yield { type, data: JSON.parse(line.slice(6)) };
  }
}

async function next(stream: AsyncGenerator<{ type: string; data: unknown }>, type: string) {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error(`no ${type}`);
    if (value.type === type) return value.data;
  }
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: "POST", body: JSON.stringify(body) });

/** Raw HTTP: fetch does not let one lie about Host. */
async function statusOf(port: number, request: string): Promise<number> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(
    new TextEncoder().encode(`${request}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
  );
  const answer = await new Response(connection.readable).text();
  return Number(answer.split(" ")[1]);
}

Deno.test("the console serves its page under a strict policy", async () => {
  await using page = temporaryConsole();
  for (const path of ["/", "/console.css", "/console.js"]) {
    const response = await fetch(`${page.url}${path}`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-security-policy")!, /default-src 'none'/);
    const text = await response.text();
    assert.doesNotMatch(text, /style=|onclick=|<script>/);
  }
});

Deno.test("the console refuses rebound names and foreign pages", async () => {
  await using page = temporaryConsole();
  const kill = "POST /api/processes/cell-E39-eu-central/kill HTTP/1.1";
  const host = `Host: 127.0.0.1:${page.port}`;
  assert.equal(await statusOf(page.port, `GET / HTTP/1.1\r\nHost: evil.example`), 403);
  assert.equal(
    await statusOf(page.port, `${kill}\r\n${host}\r\nOrigin: http://evil.example`),
    403,
  );
  assert.equal(await statusOf(page.port, `${kill}\r\n${host}\r\nSec-Fetch-Site: cross-site`), 403);
  assert.equal(
    await statusOf(page.port, `${kill}\r\n${host}\r\nOrigin: http://127.0.0.1:${page.port}`),
    200,
  );
});

Deno.test("the console tells pages the state at once and every change", async () => {
  await using page = temporaryConsole();
  const stream = events(page.url);
  const platform = JSON.stringify(await next(stream, "platform"));
  assert.match(platform, /anna's/);
  assert.doesNotMatch(platform, /secret/);
  const states = async () =>
    (await next(stream, "processes") as { state: string }[]).map((it) => it.state);
  assert.deepEqual(await states(), ["ready"]);
  await (await post(`${page.url}/api/processes/cell-E39-eu-central/kill`, {})).body?.cancel();
  assert.deepEqual(await states(), ["stopped"]);
  const failed = await post(`${page.url}/api/processes/cell-E39-eu-central/start`, {});
  assert.equal(failed.status, 500);
  assert.doesNotMatch(await failed.text(), /secret detail/);
  await stream.return(undefined);
});

Deno.test("the console writes as a contact, takes replies as the provider, and confirms them", async () => {
  await using page = temporaryConsole();
  const stream = events(page.url);
  await next(stream, "platform");
  await (await post(`${page.url}/api/messages`, { text: "Where is it?" })).body?.cancel();
  assert.equal((await next(stream, "message") as { by: string }).by, "contact");
  const [{ signature, body }] = page.webhooks;
  const expected = createHmac("sha256", "app's secret").update(body).digest("hex");
  assert.equal(signature, `sha256=${expected}`);
  assert.match(body, /"body":"Where is it\?"/);

  const reply = await post(`${page.url}/whatsapp/v23.0/106540352242922/messages`, {
    ...{ messaging_product: "whatsapp", to: "4915112345678", type: "text" },
    text: { body: "In Rome" },
    biz_opaque_callback_data: "our-own-id",
  });
  const { messages: [{ id }] } = await reply.json();
  assert.equal((await next(stream, "message") as { text: string }).text, "In Rome");
  await stream.return(undefined);
  while (page.webhooks.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(
    page.webhooks.slice(1).map((it) => {
      const [status] = JSON.parse(it.body).entry[0].changes[0].value.statuses;
      return [status.id, status.status, status.biz_opaque_callback_data];
    }),
    [[id, "sent", "our-own-id"], [id, "delivered", "our-own-id"]],
  );
});

Deno.test("the console names what is wrong with a request", async () => {
  await using page = temporaryConsole();
  for (
    const [path, body, status] of [
      ["/api/calls", { to: "12", digits: "1", pop: "FRA" }, 422],
      ["/api/messages", { text: " " }, 422],
      ["/whatsapp/v23.0/1/messages", {}, 422],
      ["/api/messages", { text: "x".repeat(70_000) }, 413],
      ["/api/nothing", {}, 404],
    ] as const
  ) {
    const response = await post(`${page.url}${path}`, body);
    assert.equal(response.status, status, path);
    await response.body?.cancel();
  }
});
