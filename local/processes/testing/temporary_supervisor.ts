import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import type { ProcessPlan } from "../process_plan.ts";
import { Supervisor } from "../supervisor.ts";

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

/** A supervisor on a temporary folder, its log lines, and plans for the child of the tests. */
export async function temporarySupervisor(given?: string): Promise<
  {
    supervisor: Supervisor;
    folder: string;
    lines: string[];
    plan: (name: string, how: string, more?: Partial<ProcessPlan>) => ProcessPlan;
    remove: () => Promise<void>;
  }
> {
  const folder = given ?? await Deno.makeTempDir();
  const [logFolder, pidFolder] = ["logs", "run"].map((name) => join(folder, name));
  for (const path of [logFolder, pidFolder]) await Deno.mkdir(path, { recursive: true });
  const lines: string[] = [];
  const log = createLogger({ service: "local", write: (line) => lines.push(line) });
  return {
    supervisor: new Supervisor({ dataFolder: folder, logFolder, pidFolder, log }),
    folder,
    lines,
    plan: (name, how, more = {}) => ({
      name,
      command: Deno.execPath(),
      args: ["run", "--no-config", "-A", CHILD, how],
      env: {},
      isReady: (line) => line.includes('"ready"'),
      readySeconds: 20,
      stopSignal: "SIGTERM",
      stopSeconds: 10,
      ...more,
    }),
    remove: () => Deno.remove(folder, { recursive: true }),
  };
}
