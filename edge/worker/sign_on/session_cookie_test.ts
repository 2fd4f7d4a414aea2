import assert from "node:assert/strict";
import { readSessionCookie, writeSessionCookie } from "./session_cookie.ts";

const session = {
  tenantId: "01890a5d-ac96-774b-bcce-b302099a8057",
  agentId: "anna",
  refreshToken: "r".repeat(43),
};

Deno.test("a session cookie is read back as it was written", () => {
  const header = writeSessionCookie("https://edge.example/v1/sign-on", { ...session, maxAge: 60 });
  assert.match(header, /; Path=\/v1; Max-Age=60; HttpOnly; SameSite=Strict; Secure$/);
  assert.deepEqual(readSessionCookie(`theme=dark; ${header.split(";")[0]}`), session);
});

Deno.test("a session cookie that is missing, ended or forged is none", () => {
  assert.equal(readSessionCookie(null), undefined);
  assert.equal(
    readSessionCookie(writeSessionCookie("http://localhost/", null).split(";")[0]),
    undefined,
  );
  assert.equal(readSessionCookie("antiphon_session=x.y.z"), undefined);
  assert.equal(readSessionCookie(`antiphon_session=${session.tenantId}.anna.<script>`), undefined);
});
