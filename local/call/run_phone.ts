import { MARK } from "../processes/marked_processes.ts";
import { readLines } from "../processes/read_lines.ts";
import { settlesWithin } from "../processes/settles_within.ts";
import { PhoneLine } from "./phone_line.ts";

/** A call to be placed by the test phone. */
export interface PhoneCall {
  to: string;
  /** "host:port" of the PoP's SIP. */
  sip: string;
  /** Sent once the call is answered. */
  digits: string;
  /** Hangs up after this. */
  seconds: number;
  /** Marks the phone as part of what runs on this data folder. */
  dataFolder?: string;
}

/** The test phone's program, from the repository's root. It is run, never imported. */
const PHONE = "media-pop/phone/main.ts";
/** What a call takes besides its seconds: start, ringing, last words. */
const MARGIN_MS = 20_000;
const HANG_UP_MS = 5000;

/**
 * Places a real SIP call with real audio by running the test phone; yields its progress as it
 * comes. Aborting hangs up. The last line is `summary`, or `failed` when there was no call.
 */
export async function* runPhone(
  root: string,
  call: PhoneCall,
  signal: AbortSignal,
  phone = PHONE,
): AsyncGenerator<PhoneLine> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "-A", "--unstable-net", phone, "--to", call.to, "--sip", call.sip],
      ...["--digits", call.digits, "--seconds", String(call.seconds), "--json"],
    ],
    cwd: root,
    env: call.dataFolder === undefined ? {} : { [MARK]: call.dataFolder },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
    detached: true,
  }).spawn();
  const hangUp = () => send(child, "SIGTERM");
  const deadline = setTimeout(() => send(child, "SIGKILL"), call.seconds * 1000 + MARGIN_MS);
  signal.addEventListener("abort", hangUp);
  if (signal.aborted) hangUp();
  let last: PhoneLine | undefined;
  try {
    for await (const line of readLines(child.stdout)) {
      const parsed = PhoneLine.safeParse(parse(line));
      if (!parsed.success) continue;
      last = parsed.data;
      yield last;
    }
    const { code } = await child.status;
    if (last?.event !== "summary" && last?.event !== "failed") {
      yield { event: "failed", at: Date.now(), message: `The test phone ended with code ${code}` };
    }
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", hangUp);
    hangUp();
    if (!await settlesWithin(child.status, HANG_UP_MS)) send(child, "SIGKILL");
  }
}

function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
