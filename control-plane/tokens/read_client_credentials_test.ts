import assert from "node:assert/strict";
import fc from "fast-check";
import { readClientCredentials } from "./read_client_credentials.ts";

const form = (text = "") => new URLSearchParams(text);
const basic = (id: string, secret: string) =>
  "Basic " +
  new TextEncoder().encode(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toBase64();

Deno.test("credentials come from Basic or from the form", () => {
  const expected = { clientId: "a", clientSecret: "b" };
  assert.deepEqual(readClientCredentials("Basic YTpi", form()), expected);
  assert.deepEqual(readClientCredentials("basic YTpi", form("client_id=a")), expected);
  assert.deepEqual(readClientCredentials(undefined, form("client_id=a&client_secret=b")), expected);
});

Deno.test("credentials in two places, or half of them, are no credentials", () => {
  assert.equal(readClientCredentials("Basic YTpi", form("client_secret=b")), "ambiguous");
  assert.equal(readClientCredentials("Basic YTpi", form("client_id=z")), "ambiguous");
  for (const header of ["Bearer x", "Basic", "Basic !!", "Basic YQ=="]) {
    assert.equal(readClientCredentials(header, form()), null);
  }
  assert.equal(readClientCredentials(undefined, form("client_id=a")), null);
  assert.equal(readClientCredentials("Bearer x", form("client_id=a&client_secret=b")), null);
});

Deno.test("any id and secret survive Basic", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.string(), (id, secret) => {
    assert.deepEqual(readClientCredentials(basic(id, secret), form()), {
      clientId: id,
      clientSecret: secret,
    });
  }));
});
