/**
 * Stands in for any room: says that it is ready and stays until SIGTERM. Told by environment only,
 * as a room is; `LOG_LEVEL=error` makes the edge fail.
 * @module
 */
const { PORT, SERVICE_KEY_FILE, LOG_LEVEL } = Deno.env.toObject();
const { service } = JSON.parse(await Deno.readTextFile(SERVICE_KEY_FILE));
const say = (value: unknown) =>
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(value) + "\n"));

if (LOG_LEVEL === "error" && service === "edge:local") {
  say({ event: "fatal", code: "unavailable", message: "The bundle is missing" });
  Deno.exit(78);
}
const server = Deno.serve(
  { hostname: "127.0.0.1", port: Number(PORT), onListen: () => {} },
  () => Response.json({ service, status: "ok" }),
);
Deno.addSignalListener("SIGTERM", async () => {
  await server.shutdown();
  Deno.exit(0);
});
say({ event: "ready", service, port: server.addr.port });
