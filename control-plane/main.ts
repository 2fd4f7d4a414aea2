/**
 * The control plane: who exists, and where. Partners, tenants and their clusters, numbers, trunks,
 * digital assets and service keys; published to cells by replication and to PoPs and edges as
 * snapshots.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { readEnvironment } from "./settings/read_environment.ts";
import { startControlPlane } from "./start_control_plane.ts";

/** Exit code of a start that cannot succeed as configured (EX_CONFIG of sysexits). */
const EX_CONFIG = 78;

async function main(): Promise<void> {
  const running = await startControlPlane(readEnvironment(Deno.env.toObject()));
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    Deno.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  await line(Deno.stdout, { event: "ready", service: "control-plane", port: running.port });
}

async function line(to: typeof Deno.stdout, value: unknown): Promise<void> {
  await to.write(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const code = error instanceof AntiphonError ? error.code : "internal";
    const message = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error && error.cause instanceof Error
      ? error.cause.message
      : undefined;
    await line(Deno.stderr, { event: "fatal", code, message, cause });
    Deno.exit(EX_CONFIG);
  }
}
