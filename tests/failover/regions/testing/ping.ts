/** Answers datagrams (`echo ADDRESS`), or sends some and prints how long each answer took. */
const PORT = 7777;
const [first, second] = Deno.args;
const socket = Deno.listenDatagram({
  transport: "udp",
  hostname: "0.0.0.0",
  port: first === "echo" ? PORT : 0,
});
if (first === "echo") {
  Deno.stdout.writeSync(new TextEncoder().encode("ready\n"));
  for await (const [data, from] of socket) await socket.send(data, from);
} else {
  const to = { transport: "udp", hostname: first, port: PORT } as const;
  const took: number[] = [];
  for (let i = 0; i < Number(second); i++) {
    const begun = performance.now();
    await socket.send(new Uint8Array([i]), to);
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), 1000);
    if (await Promise.race([socket.receive(), late.promise])) took.push(performance.now() - begun);
    clearTimeout(timer);
  }
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(took)));
  Deno.exit(0);
}
