import assert from "node:assert/strict";
import { readEdgeEnvironment } from "./edge_environment.ts";

const good = {
  EDGE_ID: "local",
  CONTROL_PLANE_URL: "http://127.0.0.1:7000",
  SERVICE_KEY_FILE: "/keys/edge.json",
  CONTROL_PLANE_KEYS_FILE: "/keys/plane.json",
  STATE_DIR: "/state",
};

Deno.test("readEdgeEnvironment() fills in what has a default", () => {
  const { HOSTNAME, PORT, LOG_LEVEL } = readEdgeEnvironment(good);
  assert.deepEqual({ HOSTNAME, PORT, LOG_LEVEL }, {
    HOSTNAME: "127.0.0.1",
    PORT: 8080,
    LOG_LEVEL: "info",
  });
});

Deno.test("readEdgeEnvironment() names every variable that is wrong", () => {
  assert.throws(
    () => readEdgeEnvironment({ ...good, EDGE_ID: "a b", CONTROL_PLANE_URL: "ftp://x", PORT: "x" }),
    (error: Error & { code: string }) =>
      error.code === "configuration_invalid" &&
      ["EDGE_ID", "CONTROL_PLANE_URL", "PORT"].every((name) => error.message.includes(name)),
  );
});
