import assert from "node:assert/strict";
import { readWav } from "../../protocol/audio/read_wav.ts";
import { writeWav } from "../../protocol/audio/write_wav.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();
const MP3 = await Deno.readFile(
  new URL("../prompts/testdata/tone-440-stereo-44100.mp3", import.meta.url),
);

function sine(frequency: number, rate: number, seconds: number): Uint8Array<ArrayBuffer> {
  const sample = (i: number) => 12_000 * Math.sin(2 * Math.PI * frequency * i / rate);
  return writeWav(Int16Array.from({ length: rate * seconds }, (_, i) => sample(i)), rate);
}

/** How strong a frequency is in a WAV file's middle second, as a part of full scale. */
function strength(file: Uint8Array, frequency: number): number {
  const { rate, samples } = readWav(file);
  const middle = samples.subarray(rate / 4, rate / 4 + rate / 2);
  let [re, im] = [0, 0];
  middle.forEach((sample, i) => {
    re += sample * Math.cos(2 * Math.PI * frequency * i / rate);
    im += sample * Math.sin(2 * Math.PI * frequency * i / rate);
  });
  return 2 * Math.hypot(re, im) / middle.length;
}

async function tenant() {
  const tenantId = await cell().tenant();
  const token = await cell().token(tenantId);
  const send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    cell().call(method, path, { token, body, headers });
  const upload = (path: string, body: Uint8Array, method = "POST", ifMatch?: string) =>
    send(method, path, body, {
      "content-type": "audio/wav",
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
    });
  return { tenantId, send, upload };
}

Deno.test("an uploaded file is heard as it was, and can be played back", async () => {
  const { send, upload } = await tenant();
  const made = await upload("/v1/prompts?id=hello&name=Hello&language=en", sine(700, 48_000, 1));
  assert.equal(made.status, 201, made.text);
  const [{ hash, ...audio }] = made.body.audio;
  assert.deepEqual(audio, { language: "en", seconds: 1, bytes: 8000 });
  assert.match(hash, /^[0-9a-f]{64}$/);
  const played = await send("GET", "/v1/prompts/hello/audio");
  assert.equal(played.headers.get("content-type"), "audio/wav");
  assert.ok(Math.abs(strength(played.bytes, 700) - 12_000 / 32_768) < 0.02);
  const again = await send("GET", "/v1/prompts/hello/audio", undefined, {
    "if-none-match": played.etag!,
  });
  assert.equal(again.status, 304);
  assert.equal((await send("GET", "/v1/prompts/hello/audio?language=de")).status, 404);
});

Deno.test("an MP3 in a form is heard as the same tone", async () => {
  const { send } = await tenant();
  const form = new FormData();
  form.append("file", new Blob([MP3], { type: "audio/mpeg" }), "tone.mp3");
  const made = await send("POST", "/v1/prompts?id=tone&name=Tone", form);
  assert.equal(made.status, 201, made.text);
  assert.equal(made.body.audio[0].language, null);
  const { bytes } = await send("GET", "/v1/prompts/tone/audio");
  assert.ok(strength(bytes, 440) > 0.4);
  assert.ok(strength(bytes, 880) < 0.02);
});

Deno.test("a prompt gets audio in another language by its ETag", async () => {
  const { send, upload } = await tenant();
  const made = await upload("/v1/prompts?id=hello&name=Hello&language=en", sine(500, 8000, 1));
  const path = "/v1/prompts/hello/audio?language=de";
  assert.equal((await upload(path, sine(900, 8000, 1), "PUT")).status, 428);
  assert.equal((await upload(path, sine(900, 8000, 1), "PUT", '"77"')).status, 412);
  const put = await upload(path, sine(900, 8000, 1), "PUT", made.etag!);
  assert.equal(put.status, 200, put.text);
  const languages = put.body.audio.map((one: { language: string }) => one.language);
  assert.deepEqual(languages, ["en", "de"]);
  assert.ok(strength((await send("GET", path)).bytes, 900) > 0.3);
  const entity = await send("GET", "/v1/configuration/prompts/hello");
  assert.deepEqual(entity.body, put.body);
  assert.equal(entity.etag, put.etag);
  assert.equal((await upload("/v1/prompts?id=hello&name=Hi", sine(500, 8000, 1))).status, 409);
  const none = await upload("/v1/prompts/none/audio", sine(500, 8000, 1), "PUT", "*");
  assert.equal(none.status, 404);
});

Deno.test("files that are broken, too long or too large are refused with stable codes", async () => {
  const { upload, send } = await tenant();
  const refused = async (file: Uint8Array, status: number, code: string) => {
    const answer = await upload("/v1/prompts?id=bad&name=Bad", file);
    assert.deepEqual([answer.status, answer.body.code], [status, code]);
  };
  await refused(new Uint8Array(), 422, "invalid_request");
  await refused(new TextEncoder().encode("no audio at all"), 422, "audio_unreadable");
  await refused(MP3.slice(0, 100), 422, "audio_unreadable");
  await refused(sine(440, 4000, 601), 422, "audio_too_long");
  await refused(new Uint8Array((10 << 20) + 1), 413, "payload_too_large");
  await refused(new Uint8Array(11 << 20), 413, "payload_too_large");
  assert.equal((await send("GET", "/v1/configuration/prompts/bad")).status, 404);
  const form = new FormData();
  assert.equal((await send("POST", "/v1/prompts?id=bad&name=Bad", form)).status, 422);
});

Deno.test("a document names only audio that is there, and flows only prompts that are", async () => {
  const { send, upload, tenantId } = await tenant();
  await upload("/v1/prompts?id=hello&name=Hello", sine(500, 8000, 1));
  const { body: hello } = await send("GET", "/v1/configuration/prompts/hello");
  const other = { ...hello, id: "other" };
  assert.equal((await send("POST", "/v1/configuration/prompts", other)).status, 201);
  const unknown = { ...hello, id: "none", audio: [{ ...hello.audio[0], hash: "0".repeat(64) }] };
  const refused = await send("POST", "/v1/configuration/prompts", unknown);
  assert.equal(refused.status, 422);
  assert.equal(refused.body.errors[0].code, "audio_missing");
  const flow = (promptId: string) => ({
    ...{ id: "say", name: "Say", kind: "voice", start: "hear" },
    activities: {
      hear: { type: "play", items: [{ type: "prompt", promptId }], next: "end" },
      end: { type: "hang-up" },
    },
  });
  const wrong = await send("POST", "/v1/configuration/flows", flow("none"));
  assert.equal(wrong.body.errors[0].path, "activities.hear.items.0.promptId");
  assert.equal((await send("POST", "/v1/configuration/flows", flow("hello"))).status, 201);
  const removed = await send("DELETE", "/v1/configuration/prompts/hello", undefined, {
    "if-match": "*",
  });
  assert.equal(removed.status, 409);
  const twin = await cell().tenant();
  const token = await cell().token(twin);
  const stolen = await cell().call("POST", "/v1/configuration/prompts", { token, body: hello });
  assert.equal(stolen.body.errors?.[0].code, "audio_missing", `not that of ${tenantId}`);
});

Deno.test("only administrators upload, supervisors listen, and PoPs fetch by hash", async () => {
  const { tenantId, upload } = await tenant();
  const made = await upload("/v1/prompts?id=hello&name=Hello", sine(500, 8000, 1));
  const supervisor = await cell().token(tenantId, "supervisor");
  const call = (method: string, path: string, token?: string) =>
    cell().call(method, path, { token, ...(method === "POST" ? { body: sine(1, 8000, 1) } : {}) });
  assert.equal((await call("POST", "/v1/prompts?id=a&name=A", supervisor)).status, 403);
  assert.equal((await call("GET", "/v1/prompts/hello/audio", supervisor)).status, 200);
  assert.equal((await call("GET", "/v1/prompts/hello/audio")).status, 401);
  const { hash } = made.body.audio[0];
  const path = `/internal/tenants/${tenantId}/audio/${hash}`;
  assert.equal((await call("GET", path, supervisor)).status, 401);
  const pop = await generateServiceKey("pop:FRA", "fra");
  const { service, jwk } = pop.publicKey;
  await cell().database.db.insertInto("cfg.service_keys")
    .values({ kid: jwk.kid, service, jwk }).execute();
  // What came just now is looked up only after a while.
  cell().clock.ahead += 200;
  const signer = serviceTokenSigner(pop.privateKey, () => Date.now() + cell().clock.ahead);
  const token = await signer("cell:E39");
  const fetched = await call("GET", path, token);
  assert.equal(fetched.status, 200);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", fetched.bytes.slice()));
  assert.equal(digest.toHex(), hash);
  assert.equal((await call("GET", path.replace(hash, "0".repeat(64)), token)).status, 404);
  assert.equal((await call("GET", path.replace(hash, "A".repeat(64)), token)).status, 422);
});
