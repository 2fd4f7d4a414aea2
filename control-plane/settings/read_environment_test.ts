import assert from "node:assert/strict";
import { readEnvironment } from "./read_environment.ts";

const good = {
  PORT: "7000",
  DATABASE_URL: "postgres://cc@127.0.0.1:5432/control",
  SERVICE_KEY_FILE: "/k",
  DEPLOYMENT_FILE: "/d",
  OPERATOR_CLIENT_ID: "operator",
  OPERATOR_CLIENT_SECRET: "correct horse",
  SECRETS_KEY: "A".repeat(43),
};

Deno.test("readEnvironment() fills in defaults", () => {
  const env = readEnvironment(good);
  assert.deepEqual([env.HOSTNAME, env.PORT, env.LOG_LEVEL], ["127.0.0.1", 7000, "info"]);
});

Deno.test("readEnvironment() names every variable that is wrong and no value", () => {
  assert.throws(
    () =>
      readEnvironment({ ...good, PORT: "x", OPERATOR_CLIENT_SECRET: "hunter2", SECRETS_KEY: "" }),
    (error: Error) =>
      /PORT/.test(error.message) && /OPERATOR_CLIENT_SECRET/.test(error.message) &&
      /SECRETS_KEY/.test(error.message) && !/hunter2/.test(error.message),
  );
});
