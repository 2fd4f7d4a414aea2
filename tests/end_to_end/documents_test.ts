import assert from "node:assert/strict";
import { join } from "node:path";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({});
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

/** The commands of a document, in order, as one script. */
async function commandsOf(document: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(`../../${document}`, import.meta.url));
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines).join("\n");
}

Deno.test("the commands of docs/configuration.md do what the page says", async () => {
  const folder = await Deno.makeTempDir({ prefix: "antiphon-docs-" });
  try {
    const commands = (await commandsOf("docs/configuration.md"))
      .replace(/^EDGE=.*$/m, `EDGE=${stage.edgeUrl}`);
    assert.ok(commands.includes(stage.edgeUrl), "the page says where the edge is");
    const { code, stdout, stderr } = await new Deno.Command("bash", {
      args: ["-c", `set -euo pipefail\n${commands}`],
      cwd: folder,
      env: {
        PASSWORD: stage.agents[2].password,
        CONTROL_PLANE: stage.controlPlaneUrl,
        PARTNER_TOKEN: await stage.partnerToken(),
        TENANT: stage.tenantId,
      },
    }).output();
    const [said, wrong] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert.equal(code, 0, wrong);
    assert.doesNotMatch(said, /antiphon\.dev\/problems/);
    assert.match(said, /etag: "\d+"/i);
    assert.match(said, /"durability":"zone"/);
    assert.match(await Deno.readTextFile(join(folder, "aurora.yaml")), /^sites:/m);
    const api = await TenantApi.signOn(stage);
    assert.equal((await api.ask("GET", "/configuration/idle-codes/phone")).status, 404);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
