/**
 * A contact and a watcher inside one site, who know its own cell only: they stay there when it is cut
 * off. Takes its order as the first argument, ends when its standard input does, and then prints what
 * it did and saw, a line of JSON an entry.
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import { PrivateServiceKey } from "../../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import { History } from "../history/history.ts";
import { HealthWatch } from "./health_watch.ts";
import { PATRONI_PLACES } from "./patroni_place.ts";
import { WebhookWriter } from "./webhook_writer.ts";

const Order = z.object({
  base: z.string(),
  place: z.enum(PATRONI_PLACES),
  cellUrl: z.url(),
  clusterId: z.string(),
  tenantId: z.uuid(),
  contact: z.string(),
});

const { base, place, cellUrl, clusterId, tenantId, contact } = Order.parse(
  JSON.parse(Deno.args[0]),
);
const key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(join(base, "edge.json"))));
const sign = serviceTokenSigner(key);
const history = new History();
const watch = new HealthWatch(history, place, [{ place, cellUrl }]);
let messages = 0;
const writer = new WebhookWriter({
  ...{ history, tenantId, cells: [cellUrl], contacts: [contact] },
  nextMessage: () => messages++,
  token: () => sign(`cell:${clusterId}`),
});
for await (const _ of Deno.stdin.readable);
await writer.stop();
await watch.stop();
const lines = history.entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
await new Blob([lines]).stream().pipeTo(Deno.stdout.writable);
