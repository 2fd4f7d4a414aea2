import assert from "node:assert/strict";
import { Directory } from "../configuration/directory.ts";
import { SAMPLE, sampleConfiguration } from "../configuration/sample_configuration.ts";
import { outgoingTrunks } from "./outgoing_trunks.ts";

const destinations = [{ host: "192.0.2.1", port: 5060, transport: "udp" as const }];
const ids = (tenantId: string, ...out: string[]) => {
  const sample = sampleConfiguration();
  const trunks = sample.trunks.map((trunk) =>
    out.includes(trunk.id) ? { ...trunk, destinations } : trunk
  );
  const away = { ...sample.trunks[0], id: crypto.randomUUID(), popId: "NYC", destinations };
  const directory = new Directory({ ...sample, trunks: [away, ...trunks] });
  return outgoingTrunks(directory, tenantId).map(({ id }) => id);
};
const { carrierTrunk, customerTrunk } = SAMPLE;

Deno.test("outgoingTrunks() takes a tenant's own trunk before the carriers'", () => {
  assert.deepEqual(ids(SAMPLE.tenant, carrierTrunk, customerTrunk), [customerTrunk]);
  assert.deepEqual(ids(SAMPLE.other, carrierTrunk, customerTrunk), [carrierTrunk]);
});

Deno.test("outgoingTrunks() leaves out trunks without destinations and those of other PoPs", () => {
  assert.deepEqual(ids(SAMPLE.tenant, carrierTrunk), [carrierTrunk]);
  assert.deepEqual(ids(SAMPLE.tenant), []);
});

Deno.test("outgoingTrunks() has none for a suspended or unknown tenant", () => {
  assert.deepEqual(ids(SAMPLE.suspended, carrierTrunk), []);
  assert.deepEqual(ids(crypto.randomUUID(), carrierTrunk), []);
});

Deno.test("outgoingTrunks() leaves other partners' carriers alone", () => {
  const sample = sampleConfiguration();
  const [mine, theirs] = [crypto.randomUUID(), crypto.randomUUID()];
  const carrier = (partnerId: string) => ({
    ...sample.trunks[0],
    id: crypto.randomUUID(),
    partnerId,
    destinations,
  });
  const trunks = [carrier(theirs), carrier(mine)];
  const tenants = sample.tenants.map((tenant) => ({ ...tenant, partnerId: mine }));
  const directory = new Directory({ ...sample, tenants, trunks });
  assert.deepEqual(outgoingTrunks(directory, SAMPLE.tenant).map((it) => it.id), [trunks[1].id]);
});
