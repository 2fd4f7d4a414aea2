import { readFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";

/** A customer's server in a process of its own: answers every request with the same JSON. */
const [cert, key] = Deno.args.map((path) => readFileSync(path));
const body = JSON.stringify({ customer: { name: "Rosa", tier: "gold", since: "2019-05-01" } });
const server = https.createServer({ cert, key }, (request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  Deno.stdout.writeSync(new TextEncoder().encode(`${port}\n`));
});
