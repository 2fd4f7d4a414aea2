import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type WorkerdConfig, workerdConfig } from "./workerd_config.ts";

const LISTEN_MS = 15_000;

/** workerd, run as our child. It is only ever ended with SIGKILL: it drains for very long. */
export class WorkerdProcess {
  private constructor(readonly child: Deno.ChildProcess, readonly port: number) {}

  /**
   * Runs the bundled worker; resolves once its socket listens.
   *
   * @param folder Where the configuration and the process id are kept. A workerd that an earlier,
   * killed run left behind is ended first.
   * @throws AntiphonError `address_in_use` or `unavailable`
   */
  static async start(folder: string, config: WorkerdConfig): Promise<WorkerdProcess> {
    await Deno.mkdir(config.storage, { recursive: true });
    const pidFile = join(folder, "workerd.pid");
    const configFile = join(folder, "workerd.capnp");
    await endOrphan(pidFile, configFile);
    const bundle = fileURLToPath(new URL("../worker/dist/worker.js", import.meta.url));
    await Deno.copyFile(bundle, join(folder, "worker.js"));
    await Deno.writeTextFile(configFile, workerdConfig(config), { mode: 0o600 });
    const child = new Deno.Command(binary(), {
      args: ["serve", "--control-fd=1", configFile],
      cwd: folder,
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    await Deno.writeTextFile(pidFile, String(child.pid));
    const port = await listening(child, config.port);
    return new WorkerdProcess(child, port);
  }

  async stop(): Promise<void> {
    try {
      this.child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
    }
    await this.child.status;
  }
}

function binary(): string {
  const workerd = createRequire(import.meta.resolve("workerd"));
  const { os, arch } = Deno.build;
  const name = `@cloudflare/workerd-${os}-${arch === "x86_64" ? "64" : "arm64"}`;
  try {
    return workerd.resolve(`${name}/bin/workerd`);
  } catch (cause) {
    throw new AntiphonError(
      "configuration_invalid",
      `There is no workerd for this machine (${name}): run deno install on Linux or macOS`,
      { cause },
    );
  }
}

/** The port, from workerd's own message on its control descriptor. */
async function listening(child: Deno.ChildProcess, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  (async () => {
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      text = (text + chunk).slice(-65_536);
      for (const line of text.split("\n")) {
        if (!line.includes('"listen"')) continue;
        resolve(JSON.parse(line).port);
      }
    }
    const { code } = await child.status;
    reject(
      new AntiphonError(
        "unavailable",
        `workerd ended with ${code} before it listened on port ${port}: see its message in the log`,
      ),
    );
  })().catch(reject);
  const timer = setTimeout(() =>
    reject(
      new AntiphonError("deadline_exceeded", "workerd did not listen within 15 seconds"),
    ), LISTEN_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    promise.catch(() => {});
  }
}

async function endOrphan(pidFile: string, configFile: string): Promise<void> {
  const pid = Number(await Deno.readTextFile(pidFile).catch(() => ""));
  if (!pid || Deno.build.os !== "linux") return;
  const command = await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
  if (!command.includes("workerd") || !command.includes(configFile)) return;
  Deno.kill(pid, "SIGKILL");
  while (await Deno.stat(`/proc/${pid}`).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
