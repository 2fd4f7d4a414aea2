import { statfs } from "node:fs/promises";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** What a fresh data folder takes up, with room for the databases' logs, in MB. */
const NEEDED_MB = 900;

/**
 * Checks that the platform can run on this machine at all.
 * @throws AntiphonError `unavailable` saying what is missing
 */
export async function checkMachine(
  dataFolder: string,
  machine: { os: string; arch: string; freeMb?: number } = Deno.build,
): Promise<void> {
  const { os, arch } = machine;
  if (!["linux", "darwin"].includes(os) || !["x86_64", "aarch64"].includes(arch)) {
    throw new AntiphonError(
      "unavailable",
      `The start with everything on one machine runs on Linux and macOS with x64 or arm64, not ` +
        `on ${os} with ${arch}: use one of those, or a container`,
    );
  }
  const free = machine.freeMb ?? await freeMb(dataFolder);
  if (free < NEEDED_MB) {
    throw new AntiphonError(
      "unavailable",
      `Only ${Math.floor(free)} MB are free for ${dataFolder} and ${NEEDED_MB} are needed: make ` +
        "room, or give another folder with --data",
    );
  }
}

async function freeMb(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize / 1e6;
}
