/** What a {@linkcode ForegroundProcess} runs. */
export interface ForegroundPlan {
  command: string;
  args: readonly string[];
  /** Put before all of it. */
  prefix?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The system's user, when we are root. */
  user?: string;
  /** File for all that it and its children say; its user may write there. */
  log: string;
}

/** Variables that every process gets from ours. */
const KEPT = ["PATH", "DENO_DIR", "HOME"];

/** A process in the foreground, in a session of its own. */
export class ForegroundProcess {
  readonly #child: Deno.ChildProcess;
  /** Settles with its exit code; 128 and the signal's number when a signal ended it. */
  readonly ended: Promise<number>;

  constructor({ command, args, prefix = [], env = {}, user, log }: ForegroundPlan) {
    const drop = user && Deno.uid() === 0
      ? ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--no-new-privs"]
      : [];
    const [program, ...rest] = [
      ...prefix,
      ...drop,
      "sh",
      "-c",
      INTO_LOG,
      "sh",
      log,
      command,
      ...args,
    ];
    const kept = KEPT.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    this.#child = new Deno.Command(program, {
      args: rest,
      clearEnv: true,
      env: { ...Object.fromEntries(kept), LC_ALL: "C.UTF-8", ...env },
      ...(user ? { cwd: "/" } : {}),
      ...{ stdin: "null", stdout: "null", stderr: "null", detached: true },
    }).spawn();
    this.ended = this.#child.status.then(({ code }) => code);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Sends a signal; nothing happens when it has ended. */
  signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

const INTO_LOG = 'log=$1; shift; exec "$@" >>"$log" 2>&1';
