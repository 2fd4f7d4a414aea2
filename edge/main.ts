/**
 * Runs the edge worker on plain workerd, for one machine: the same bundle that is deployed to
 * Cloudflare.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { PrivateServiceKey } from "../protocol/service_token/service_key.ts";
import { WorkerdProcess } from "./workerd/workerd_process.ts";

const Environment = z.object({
  HOSTNAME: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535),
  EDGE_ID: z.string().regex(/^[A-Za-z0-9-]{1,32}$/),
  CONTROL_PLANE_URL: z.url(),
  SERVICE_KEY_FILE: z.string().min(1),
  STATE_DIR: z.string().min(1),
});

/** The edge must have a configuration within this time. */
const READY_MS = 30_000;

async function main(): Promise<void> {
  const env = readEnvironment();
  const key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(env.SERVICE_KEY_FILE)));
  await Deno.mkdir(env.STATE_DIR, { recursive: true });
  checkPort(env.HOSTNAME, env.PORT);
  const workerd = await WorkerdProcess.start(env.STATE_DIR, {
    hostname: env.HOSTNAME,
    port: env.PORT,
    edgeId: env.EDGE_ID,
    controlPlaneUrl: env.CONTROL_PLANE_URL,
    serviceKey: JSON.stringify(key),
    storage: join(env.STATE_DIR, "objects"),
    web: fileURLToPath(new URL("./desktop/dist", import.meta.url)),
  });
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, async () => {
      stopping = true;
      await workerd.stop();
      Deno.exit(0);
    });
  }
  workerd.child.status.then(({ code }) => {
    if (!stopping) fatal("unavailable", `workerd ended with ${code}`);
  });
  await configured(`http://${env.HOSTNAME}:${workerd.port}/health`);
  const ready = { event: "ready", service: `edge:${env.EDGE_ID}`, port: workerd.port };
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(ready)}\n`));
}

function readEnvironment(): z.infer<typeof Environment> {
  const parsed = Environment.safeParse(Deno.env.toObject());
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("configuration_invalid", `Set the environment: ${wrong.join("; ")}`);
}

function checkPort(hostname: string, port: number): void {
  try {
    Deno.listen({ hostname, port }).close();
  } catch (cause) {
    throw new AntiphonError(
      "address_in_use",
      `Port ${port} is taken: stop what uses it or set PORT`,
      { cause },
    );
  }
}

async function configured(url: string): Promise<void> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(url).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
    if (Date.now() > end) {
      throw new AntiphonError(
        "unavailable",
        "The edge got no configuration: check CONTROL_PLANE_URL and that the control plane runs",
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function fatal(code: string, message: string): never {
  const line = JSON.stringify({ event: "fatal", code, message });
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
  Deno.exit(78);
}

try {
  await main();
} catch (error) {
  const code = error instanceof AntiphonError ? error.code : "internal";
  fatal(code, error instanceof Error ? error.message : String(error));
}
