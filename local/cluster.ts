/**
 * `deno task cluster`: shows and moves the clusters of the platform that runs on this machine. It
 * asks their keepers, and needs no control plane. Exit code 0: as wished; 1: refused, failed, or
 * not redundant; 2: could not be asked.
 * @module
 */
import { join, resolve } from "node:path";
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import type { SwitchOver, SwitchOverRequest } from "../protocol/keeper/switch_over.ts";
import { ClusterDesk } from "./cluster/cluster_desk.ts";
import { describeAudit } from "./cluster/describe_audit.ts";
import { describeEnd, describeStep } from "./cluster/describe_move.ts";
import { describeDrill } from "./cluster/describe_drill.ts";
import { drawPicture } from "./cluster/draw_picture.ts";
import { openKeepers } from "./cluster/open_keepers.ts";
import {
  CLUSTER_USAGE,
  type ClusterOptions,
  readClusterOptions,
} from "./cluster/read_cluster_options.ts";
import { ControlClient } from "./control/control_client.ts";
import { runningPlatform } from "./layout/running_platform.ts";

/** Ways in which a command may be refused, rather than not be asked. */
const REFUSALS: readonly string[] = ["conflict", "deadline_exceeded", "state_not_allowed"];

async function main(): Promise<number> {
  const options = readClusterOptions(Deno.args, Deno.env.get("USER") || "operator");
  if (options.help) return write(CLUSTER_USAGE, 0);
  const dataFolder = await Deno.realPath(options.data).catch(() => resolve(options.data));
  const state = await runningPlatform(dataFolder);
  using control = new ControlClient(dataFolder);
  const desk = new ClusterDesk({
    ...{ state, dataFolder },
    keepers: await openKeepers(join(dataFolder, "secrets"), state.keeperUrls),
    processes: control,
  });
  return await run(desk, options);
}

async function run(desk: ClusterDesk, options: ClusterOptions): Promise<number> {
  const { verb, cluster = "", to = "", by, json } = options;
  const say = (line: string) =>
    void write(json ? object({ event: "progress", line }) : `${line}\n`);
  switch (verb) {
    case "status":
      return await status(desk, options.cluster ? [options.cluster] : desk.clusterIds, json);
    case "rehearse":
      return await move(desk, cluster, { to, rehearse: true, requestedBy: by }, json);
    case "switch":
      return await move(desk, cluster, { to, rehearse: false, requestedBy: by }, json);
    case "promote":
      return await promote(desk, options);
    case "audit":
      return await audit(desk, cluster, json);
    case "drill": {
      const report = await desk.drill(cluster, by, say);
      return write(json ? object({ event: "drill", ...report }) : describeDrill(report), 0);
    }
    case "restart": {
      const restarted = await desk.restart(cluster, by, say);
      return json ? write(object({ event: "restarted", processes: restarted }), 0) : 0;
    }
  }
}

async function status(desk: ClusterDesk, ids: readonly string[], json: boolean): Promise<number> {
  const pictures = await Promise.all(ids.map((id) => desk.view(id)));
  const redundant = pictures.every(({ health }) => health === "redundant");
  const text = json ? pictures.map(object).join("") : `${pictures.map(drawPicture).join("\n\n")}\n`;
  return write(text, redundant ? 0 : 1);
}

async function move(
  desk: ClusterDesk,
  cluster: string,
  request: SwitchOverRequest,
  json: boolean,
): Promise<number> {
  const onProgress = (now: SwitchOver) => {
    write(json ? object({ event: "progress", ...now }) : `${describeStep(now)}\n`);
  };
  const end = await desk.move(cluster, request, onProgress);
  const text = json ? object({ event: "ended", ...end }) : `${describeEnd(end).join("\n")}\n`;
  return write(text, end.state === "done" ? 0 : 1);
}

/** Says what would be lost before anything is done. */
async function promote(desk: ClusterDesk, options: ClusterOptions): Promise<number> {
  const { cluster = "", to = "", by, json } = options;
  const request = { to, rehearse: false, force: "accept-loss", requestedBy: by } as const;
  const first = await move(desk, cluster, { ...request, rehearse: true }, json);
  if (first !== 0) return first;
  if (options["accept-loss"]) return await move(desk, cluster, request, json);
  if (!json) write("Nothing was done. Add --accept-loss to take over and accept that loss.\n");
  return 1;
}

async function audit(desk: ClusterDesk, cluster: string, json: boolean): Promise<number> {
  const { lines, away } = await desk.audit(cluster);
  write(lines.map(json ? object : (line) => `${describeAudit(line)}\n`).join(""));
  if (away.length === 0) return 0;
  const missing = `What ${away.join(" and ")} wrote is missing: no keeper answers there\n`;
  Deno.stderr.writeSync(new TextEncoder().encode(missing));
  return 1;
}

function object(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function write(text: string, code = 0): number {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
  return code;
}

if (import.meta.main) {
  try {
    Deno.exit(await main());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n`));
    Deno.exit(error instanceof AntiphonError && REFUSALS.includes(error.code) ? 1 : 2);
  }
}
