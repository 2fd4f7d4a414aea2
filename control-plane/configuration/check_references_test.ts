import assert from "node:assert/strict";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { checkReferences } from "./check_references.ts";

const asset = "01890a5d-ac96-774b-bcce-b302099a8057";
const configuration = TenantConfiguration.parse({
  ...{ sites: [], teams: [], agents: [], queues: [], flows: [], idleCodes: [], wrapUpCodes: [] },
  entryPoints: [
    { id: "a", name: "A", channel: "voice", number: "+4969900100", flowId: "f" },
    { id: "b", name: "B", channel: "whatsapp", assetId: asset, flowId: "f" },
  ],
  assetSenders: [{ assetId: asset, channel: "whatsapp", phoneNumberId: "12345" }],
});

Deno.test("checkReferences() finds what the tenant does not have", () => {
  const nothing = { numbers: new Set<string>(), assetIds: new Set<string>() };
  const paths = checkReferences(configuration, nothing).map(({ path }) => path);
  assert.deepEqual(paths, [
    "entryPoints.0.number",
    "entryPoints.1.assetId",
    "assetSenders.0.assetId",
  ]);
});

Deno.test("checkReferences() is content with what the tenant has", () => {
  const holdings = { numbers: new Set(["+4969900100"]), assetIds: new Set([asset]) };
  assert.deepEqual(checkReferences(configuration, holdings), []);
});

Deno.test("checkReferences() looks at all numbers of an entry point", () => {
  const [point, ...others] = configuration.entryPoints;
  const entryPoints = [{ ...point, otherNumbers: ["+4969900100", "+4969900101"] }, ...others];
  const holdings = { numbers: new Set(["+4969900100"]), assetIds: new Set([asset]) };
  const found = checkReferences(
    TenantConfiguration.parse({ ...configuration, entryPoints }),
    holdings,
  );
  assert.deepEqual(found.map(({ path }) => path), ["entryPoints.0.otherNumbers.1"]);
});
