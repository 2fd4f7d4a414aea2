import assert from "node:assert/strict";
import { SAMPLE } from "../testing/sample_configuration.ts";
import { readRefreshCookie, refreshCookie } from "./refresh_cookie.ts";

const kept = { tenantId: SAMPLE.tenantId, refreshToken: "abc;def=ghi jkl.mno%pqr" };
const read = (url: string, cookie: string) =>
  readRefreshCookie({ url, headers: new Headers({ cookie }) } as Request);

Deno.test("refreshCookie() is HttpOnly, strict, for the API only, and secure off this machine", () => {
  const secure = refreshCookie(new URL("https://desk.example/v1/sign-on"), kept, 3600.5);
  assert.match(secure, /^__Secure-antiphon_refresh=/);
  assert.match(secure, /; Path=\/v1; Max-Age=3600; HttpOnly; SameSite=Strict; Secure$/);
  const local = refreshCookie(new URL("http://127.0.0.1:8080/"), kept, 60);
  assert.match(local, /^antiphon_refresh=.*SameSite=Strict$/);
  for (const url of ["http://desk.example/", "http://127.evil.example/"]) {
    assert.match(refreshCookie(new URL(url), kept, 60), /; Secure$/);
  }
});

Deno.test("a refresh token comes back from its cookie as it went in", () => {
  for (const url of ["https://desk.example/", "http://localhost:1/"]) {
    const [pair] = refreshCookie(new URL(url), kept, 60).split("; ");
    assert.deepEqual(read(url, `other=1; ${pair}; more=2`), kept);
  }
});

Deno.test("readRefreshCookie() takes nothing that is not ours", () => {
  const url = "http://localhost/";
  const bad = [
    "",
    "antiphon_refresh",
    "antiphon_refresh=",
    "antiphon_refresh=x.y",
    `antiphon_refresh=${SAMPLE.tenantId}.short`,
    `antiphon_refresh=${SAMPLE.tenantId}.%E0%A4%A`,
    `__Secure-antiphon_refresh=${SAMPLE.tenantId}.abcdefghijklmnopqrstuv`,
  ];
  for (const cookie of bad) assert.equal(read(url, cookie), null, cookie);
});

Deno.test("refreshCookie() without contents removes it", () => {
  assert.match(refreshCookie(new URL("https://a.example"), null, 0), /refresh=; .*Max-Age=0;/);
});
