import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { readPopEnvironment } from "./pop_environment.ts";

const good = {
  PORT: "7100",
  POP_ID: "FRA",
  CONTROL_PLANE_URL: "http://127.0.0.1:7000",
  SERVICE_KEY_FILE: "key.json",
  CONTROL_PLANE_KEYS_FILE: "plane.json",
  STATE_DIR: "state",
  SIP_LISTEN: "udp:127.0.0.1:7060, tcp:[::1]:7060",
  RTP_PORTS: "30000-30999",
  WEBRTC_LISTEN: "127.0.0.1:40000",
};

Deno.test("readPopEnvironment() reads listeners, ports and defaults", () => {
  const environment = readPopEnvironment(good);
  assert.deepEqual(environment.SIP_LISTEN, [
    { transport: "udp", hostname: "127.0.0.1", port: 7060 },
    { transport: "tcp", hostname: "::1", port: 7060 },
  ]);
  assert.deepEqual(environment.RTP_PORTS, { first: 30000, last: 30999 });
  assert.deepEqual(environment.WEBRTC_LISTEN, { hostname: "127.0.0.1", port: 40000 });
  assert.equal(environment.HOSTNAME, "127.0.0.1");
  assert.equal(environment.DRAIN_SECONDS, 0);
});

Deno.test("readPopEnvironment() names each variable that does not fit", () => {
  const wrong = {
    PORT: "70000",
    POP_ID: "fra",
    CONTROL_PLANE_URL: "ftp://x",
    SIP_LISTEN: "tls:x",
    RTP_PORTS: "9-1",
    WEBRTC_LISTEN: "x",
  };
  for (const [name, value] of Object.entries(wrong)) {
    assert.throws(
      () => readPopEnvironment({ ...good, [name]: value }),
      (error) => error instanceof AntiphonError && error.message.includes(name),
      name,
    );
  }
});

Deno.test("readPopEnvironment() wants to know the address when it listens on every one", () => {
  const everywhere = { ...good, WEBRTC_LISTEN: "0.0.0.0:40000" };
  assert.throws(() => readPopEnvironment(everywhere), /ADVERTISED_ADDRESS/);
  const told = { ...everywhere, ADVERTISED_ADDRESS: "203.0.113.5" };
  assert.equal(readPopEnvironment(told).ADVERTISED_ADDRESS, "203.0.113.5");
});
