/** How one child process is started, known to be ready, and stopped. */
export interface ProcessPlan {
  /** Unique among the platform's processes ("cell-E39-eu-central"); names its log and pid file. */
  name: string;
  command: string;
  args: readonly string[];
  /** Added to the starter's own environment. */
  env: Readonly<Record<string, string>>;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Whether a line of its output says that it is ready. */
  isReady: (line: string) => boolean;
  readySeconds: number;
  stopSignal: Deno.Signal;
  /** After this it is killed. */
  stopSeconds: number;
  /** How it replaces itself while it serves; absent: it cannot. */
  renewal?: {
    signal: Deno.Signal;
    /** Whether a line of its output says that it has, or that it could not. */
    ended: (line: string) => "done" | "failed" | undefined;
    seconds: number;
  };
  /** With this exit code it asks to be started anew, which is done at once and in any case. */
  againCode?: number;
  /** Runs before every start, also before a restart. */
  prepare?: () => Promise<void>;
}
