import { fileURLToPath } from "node:url";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { FlowLifeProcess } from "../../recovery/flows/flow_life_process.ts";

const INSTANCES = 10_000;
const IDLE_MS = 10_000;

/**
 * What ten thousand instances that wait cost: bytes of heap each, processor time while nothing
 * happens, and the time until they are there again after their cell was killed.
 */
export async function measureWaiting(url: string) {
  const bytes = await probe();
  const open = { do: "open", url, tenantId: uuidV7()(), soon: 3600 } as const;
  let life = new FlowLifeProcess();
  try {
    await life.tell(open);
    await life.next("ready");
    const from = performance.now();
    await life.tell({ do: "fill", soon: INSTANCES, long: 0, digits: 0 });
    await life.next("filled");
    const fillMs = Math.round(performance.now() - from);
    // The first of them is for what the callers left to do: a snapshot, garbage.
    await life.tell({ do: "idle", ms: IDLE_MS });
    await life.next("idle");
    await life.tell({ do: "idle", ms: IDLE_MS });
    const idle = await life.next("idle");
    const resumeMs: number[] = [];
    for (let kill = 0; kill < 3; kill++) {
      await life.kill();
      life = new FlowLifeProcess();
      await life.next("loaded");
      await life.tell(open);
      const { ms } = await life.next("ready");
      const instances = [...life.instances().values()];
      if (instances.length !== INSTANCES) throw new Error("Instances were lost");
      if (instances.some(({ activityId }) => activityId !== "wait")) throw new Error("One moved");
      resumeMs.push(Math.round(ms));
    }
    return {
      instances: INSTANCES,
      ...bytes,
      fillMs,
      idleProcessorPercent: Math.round(idle.processorMs / idle.ms * 10_000) / 100,
      resumeMs: resumeMs.sort((a, b) => a - b)[1],
    };
  } finally {
    await life.kill();
  }
}

async function probe(): Promise<{ bytesPerInstance: number }> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--v8-flags=--expose-gc"],
      fileURLToPath(new URL("./waiting_probe.ts", import.meta.url)),
    ],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("The probe failed");
  return JSON.parse(new TextDecoder().decode(stdout));
}
