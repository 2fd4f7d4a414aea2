import assert from "node:assert/strict";
import { hostRules } from "./host_rules.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { serverSettings } from "./server_settings.ts";

const SERVER: KeptInstallation = {
  name: "E39",
  binaries: { postgres: "", initdb: "", baseBackup: null, libraries: null, version: 18 },
  user: undefined,
  dataFolder: "/data/E39",
  host: "10.0.0.1",
  port: 5432,
  superuser: { name: "admin", password: "secret" },
  replication: { role: "repl", password: "secret" },
  networks: ["10.0.0.2", "10.1.0.0/16", "fd00::1"],
  settings: { shared_buffers: "1GB" },
};

Deno.test("serverSettings() takes settings that are not the keeper's", () => {
  const settings = serverSettings(SERVER);
  assert.equal(settings.shared_buffers, "1GB");
  assert.equal(settings.listen_addresses, "10.0.0.1");
  assert.equal(settings.hba_file, "/data/E39.hba");
  for (const name of ["fsync", "synchronous_standby_names", "recovery_target", "port"]) {
    assert.throws(() => serverSettings({ ...SERVER, settings: { [name]: "x" } }), {
      code: "configuration_invalid",
    });
  }
});

Deno.test("hostRules() lets in whom the keeper was told, by password", () => {
  const rules = hostRules(SERVER).split("\n");
  assert.ok(rules.includes("host all all 10.0.0.2/32 scram-sha-256"));
  assert.ok(rules.includes("host replication repl 10.1.0.0/16 scram-sha-256"));
  assert.ok(rules.includes("host all all fd00::1/128 scram-sha-256"));
  assert.ok(rules.every((rule) => rule === "" || rule.endsWith("scram-sha-256")));
  assert.doesNotMatch(hostRules({ ...SERVER, replication: null }), /replication/);
});
