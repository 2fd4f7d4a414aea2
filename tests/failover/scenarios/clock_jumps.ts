import { join } from "node:path";
import type { Lab } from "../stage/lab.ts";
import { AIMS, type Scenario } from "./scenario.ts";

const JUMP_SECONDS = 10;
const AFTER_MS = 4_000;
/** Debian's package libfaketime; the name of its folder is the machine's. */
const LIBRARY = `/usr/lib/${Deno.build.arch}-linux-gnu/faketime/libfaketime.so.1`;
const OFFSET_FILE = join("/tmp", `antiphon-lab-clock-${Deno.pid}`);

/**
 * The time of day of keeper and cells at the home region's site comes from a file. Their monotonic
 * clocks are left alone, as a machine's are when somebody sets it.
 */
const WRAP = [
  "env",
  `LD_PRELOAD=${LIBRARY}`,
  `FAKETIME_TIMESTAMP_FILE=${OFFSET_FILE}`,
  "FAKETIME_CACHE_DURATION=1",
  "FAKETIME_DONT_FAKE_MONOTONIC=1",
  "FAKETIME_DONT_RESET=1",
  "NO_FAKE_STAT=1",
];

/** Programs at the home site that have their time from the file, and how many of each. */
async function jumping(lab: Lab): Promise<string[]> {
  const programs = await Promise.all(
    (await lab.network.processes("eu-central")).map(async (pid) => {
      const read = (name: string) => Deno.readTextFile(`/proc/${pid}/${name}`).catch(() => "");
      return (await read("environ")).includes("FAKETIME_TIMESTAMP_FILE")
        ? (await read("comm")).trim()
        : "";
    }),
  );
  const counts = Map.groupBy(programs.filter(Boolean), (name) => name);
  return [...counts].map(([name, all]) => `${name} × ${all.length}`);
}

function jump(name: string, seconds: number): Scenario {
  const way = seconds > 0 ? "forward" : "back";
  return {
    name,
    title: `The time of day of the active region jumps ${Math.abs(seconds)} s ${way}`,
    options: {
      wrap: { "eu-central": WRAP },
      prepare: async () => {
        await Deno.writeTextFile(OFFSET_FILE, "+0\n");
        return {
          async [Symbol.asyncDispose]() {
            await Deno.remove(OFFSET_FILE);
          },
        };
      },
    },
    fault: async ({ lab, pause, note }) => {
      note(`jumps: ${(await jumping(lab)).join(", ")}`);
      await Deno.writeTextFile(OFFSET_FILE, `${seconds > 0 ? "+" : ""}${seconds}\n`);
      await pause(AFTER_MS);
      note(`${seconds} s off for ${AFTER_MS} ms`);
    },
    observeMs: 8_000,
    heal: () => Deno.writeTextFile(OFFSET_FILE, "+0\n"),
    limits: AIMS,
    moves: false,
  };
}

/** The clock of the holder jumps, either way. */
export const CLOCK_JUMPS: readonly Scenario[] = [
  jump("clock-forward", JUMP_SECONDS),
  jump("clock-back", -JUMP_SECONDS),
];
