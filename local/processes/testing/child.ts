/**
 * A child for tests: says that it is ready, then does as its first argument tells: "serve" stays
 * until SIGTERM and renews itself at SIGHUP, "stubborn" ignores it, "fall" ends after 50 ms, "again" after
 * 50 ms with the code that asks to be started anew, "parent" starts a
 * child of its own that it does not take with it, "refuse" gives a fatal line instead.
 * @module
 */
const [how] = Deno.args;
const say = (value: unknown) =>
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(value) + "\n"));

if (how === "refuse") {
  say({ event: "fatal", code: "address_in_use", message: "Port 1 is taken" });
  Deno.exit(78);
}
if (how === "parent") {
  const { pid } = new Deno.Command("sleep", { args: ["1000"] }).spawn();
  say({ pid });
}
if (how === "stubborn") Deno.addSignalListener("SIGTERM", () => {});
if (how === "serve") Deno.addSignalListener("SIGTERM", () => (say("bye"), Deno.exit(0)));
if (how === "serve") Deno.addSignalListener("SIGHUP", () => say("renewed"));
if (how !== "silent") say({ event: "ready", service: "child", port: 1 });
if (how === "fall") setTimeout(() => Deno.exit(3), 50);
if (how === "again") setTimeout(() => Deno.exit(75), 50);
setInterval(() => {}, 1000);
