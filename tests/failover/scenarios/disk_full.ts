import { join } from "node:path";
import { run } from "../../peers/run.ts";
import { AIMS, type Scenario } from "./scenario.ts";

/** The disk of the home region's databases, in MiB. */
const DISK_MIB = 900;

const folder = (dataFolder: string) => join(dataFolder, "postgres", "eu-central");

export const DISK_FULL: Scenario = {
  name: "disk-full",
  title: "The disk of the active region's databases is full",
  options: {
    prepare: async (dataFolder) => {
      const disk = folder(dataFolder);
      await Deno.mkdir(disk, { recursive: true });
      await Deno.chmod(join(dataFolder, "postgres"), 0o711);
      await run("mount", ["-t", "tmpfs", "-o", `size=${DISK_MIB}m,mode=0711`, "lab", disk]);
      return {
        async [Symbol.asyncDispose]() {
          await run("umount", ["-l", disk]);
        },
      };
    },
  },
  fault: async ({ lab }) => {
    const filler = join(folder(lab.dataFolder), "filler");
    await run("dd", ["if=/dev/zero", `of=${filler}`, "bs=1M"], { mayFail: true });
  },
  observeMs: 12_000,
  heal: ({ lab }) => Deno.remove(join(folder(lab.dataFolder), "filler")),
  limits: AIMS,
  moves: true,
};
