import assert from "node:assert/strict";
import type { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { EXAMPLE } from "../testing/tenant_harness.ts";
import { refuseUnknown } from "./refuse_unknown.ts";

Deno.test("refuseUnknown() names every field that a schema passed over, and no other", () => {
  const sent = JSON.parse(JSON.stringify(EXAMPLE));
  delete sent.settings;
  refuseUnknown(sent, TenantConfiguration.parse(sent));
  sent.skils = [];
  sent.queues[1].distribution[0].teamId = "desk";
  assert.throws(
    () => refuseUnknown(sent, TenantConfiguration.parse(sent)),
    ({ data }: AntiphonError) => {
      const fields = data.fields as { path: string; code: string }[];
      assert.deepEqual(fields.map(({ path }) => path), [
        "queues.1.distribution.0.teamId",
        "skils",
      ]);
      return fields.every(({ code }) => code === "field_unknown");
    },
  );
});
