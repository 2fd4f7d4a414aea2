import { join } from "node:path";
import { sippScenario } from "../../peers/sipp_scenario.ts";
import { monotonicMs } from "../clock/monotonic_ms.ts";
import { readShortMessages, type SippCallTimes } from "./read_short_messages.ts";

/** Someone new calls this often, in milliseconds. */
const EVERY_MS = 200;
/** How long they listen. */
const LISTENS_MS = 600;
const ENDS_MS = 18_000;

/** Where new callers call. */
export interface NewCallersPlan {
  /** "host:port" of the PoP. */
  to: string;
  number: string;
  /** The address they call from. */
  from: string;
  sipPort: number;
  mediaPort: number;
}

/** New callers, one after the other, placed by SIPp; each listens to the prompt and hangs up. */
export class NewCallers implements AsyncDisposable {
  private constructor(readonly process: Deno.ChildProcess, readonly folder: string) {}

  static async start(
    { to, number, from, sipPort, mediaPort }: NewCallersPlan,
  ): Promise<NewCallers> {
    const folder = await Deno.makeTempDir({ prefix: "new-callers-" });
    await Deno.writeTextFile(
      join(folder, "caller.xml"),
      sippScenario({ hangUpAfterMs: LISTENS_MS }).replace('<nop start_rtd="answer"/>', "")
        .replaceAll(/ start_rtd="ring"| rtd="(ring|answer)"/g, ""),
    );
    const process = new Deno.Command("sipp", {
      cwd: folder,
      args: [
        ...["-sf", "caller.xml", "-s", number, "-key", "service_caller", "+4930777000"],
        ...["-i", from, "-mi", from, "-p", String(sipPort), "-mp", String(mediaPort), "-t", "u1"],
        ...["-r", String(1000 / EVERY_MS), "-l", "200", "-trace_shortmsg", "-nostdin"],
        to,
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    return new NewCallers(process, folder);
  }

  /** Places no more calls, and waits for the end of those that are under way. */
  async end(): Promise<SippCallTimes[]> {
    const late = setTimeout(() => this.#signal("SIGKILL"), ENDS_MS);
    this.#signal("SIGUSR1");
    await this.process.status;
    clearTimeout(late);
    const offset = Date.now() - monotonicMs();
    for await (const { name } of Deno.readDir(this.folder)) {
      if (!name.endsWith("_shortmessages.log")) continue;
      const calls = readShortMessages(await Deno.readTextFile(join(this.folder, name)));
      const onClock = (at: number | null) => at === null ? null : at - offset;
      await this[Symbol.asyncDispose]();
      return calls.map((it) => ({
        ...it,
        dialledAt: it.dialledAt - offset,
        answeredAt: onClock(it.answeredAt),
        refusedAt: onClock(it.refusedAt),
      }));
    }
    throw new Error("SIPp wrote no messages");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal("SIGKILL");
    await this.process.status;
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }

  #signal(signal: Deno.Signal): void {
    try {
      this.process.kill(signal);
    } catch {
      // It has ended already.
    }
  }
}
