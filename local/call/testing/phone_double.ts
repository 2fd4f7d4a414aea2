/**
 * Stands in for the test phone: prints a call's lines at once, then waits for its time or SIGTERM.
 * The number "+490" ends without a summary.
 * @module
 */
const option = (name: string) => Deno.args[Deno.args.indexOf(name) + 1];
const say = (event: string, more: Record<string, unknown> = {}) =>
  Deno.stdout.writeSync(
    new TextEncoder().encode(JSON.stringify({ event, at: Date.now(), ...more }) + "\n"),
  );
const end = (endedBy: string) => {
  say("ended", { endedBy, status: null, reason: null });
  say("summary", { answered: true, sip: option("--sip"), digits: option("--digits") });
  Deno.exit(0);
};

say("calling");
if (option("--to") === "+490") Deno.exit(3);
say("ringing", { afterMs: 12 });
say("heard", { level: -22 });
Deno.stdout.writeSync(new TextEncoder().encode("not JSON\n"));
Deno.addSignalListener("SIGTERM", () => end("local_bye"));
setTimeout(() => end("remote_bye"), Number(option("--seconds")) * 1000);
say("answered", { afterMs: 30 });
