import assert from "node:assert/strict";
import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { issueAccessToken } from "./issue_access_token.ts";
import { type Principal, SCOPES_OF } from "./principal.ts";
import { verifyPartnerToken } from "./verify_partner_token.ts";

const code = (code: string) => (e: unknown) => e instanceof AntiphonError && e.code === code;
const now = () => 1_000_000;
const partner: Principal = {
  kind: "partner",
  clientId: "c1",
  partnerId: "01890a5d-ac96-774b-bcce-b302099a8057",
  scopes: new Set(SCOPES_OF.partner),
};

Deno.test("an access token says again who it was made for, for 15 minutes", async () => {
  const { privateKey, publicKey } = await generateServiceKey("control-plane", "k1");
  const token = await issueAccessToken(privateKey, partner, "t1", now);
  assert.deepEqual(await verifyPartnerToken(token, [publicKey], now), partner);
  const late = () => now() + 15 * 60_000 + 6000;
  await assert.rejects(verifyPartnerToken(token, [publicKey], late), code("token_expired"));

  const operator: Principal = {
    kind: "operator",
    clientId: "o",
    partnerId: null,
    scopes: new Set(SCOPES_OF.operator),
  };
  const theirs = await issueAccessToken(privateKey, operator, "t2", now);
  assert.deepEqual(await verifyPartnerToken(theirs, [publicKey], now), operator);
});

Deno.test("a token of another key, kind or signer is refused", async () => {
  const own = await generateServiceKey("control-plane", "k1");
  const other = await generateServiceKey("control-plane", "k2");
  const cell = await generateServiceKey("cell:E39", "k3");
  const keys = [own.publicKey, cell.publicKey];
  const person = { sub: "anna", tenant: partner.partnerId!, roles: ["admin" as const], exp: 2000 };
  for (
    const token of [
      await issueAccessToken(other.privateKey, partner, "t", now),
      await issueAccessToken(cell.privateKey, partner, "t", now),
      await signAccessToken(cell.privateKey, person, now),
      await serviceTokenSigner(own.privateKey, now)("antiphon-partner-api"),
      "x.y.z",
      "",
    ]
  ) {
    await assert.rejects(verifyPartnerToken(token, keys, now), code("unauthenticated"));
  }
});
