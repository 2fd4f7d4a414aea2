import assert from "node:assert/strict";
import { portPlan } from "../layout/port_plan.ts";
import { buildWeb } from "./build_web.ts";
import { checkMachine } from "./check_machine.ts";
import { checkPorts } from "./check_ports.ts";
import { lockData } from "./lock_data.ts";

/** A plan whose ports the system has just given out. */
function freePlan() {
  const plan = portPlan(7000);
  const sockets = Array.from({ length: 12 }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = sockets.map((socket) => socket.addr.port);
  for (const socket of sockets) socket.close();
  const [controlPlane, a, b, c, d, e, f, g, h, i, edge, console] = ports;
  return {
    ...plan,
    controlPlane,
    edge,
    console,
    postgres: { "control-plane": a, E39: b, C14: c },
    cells: { E39: d, C14: e },
    pops: {
      FRA: { ...plan.pops.FRA, http: f, sip: g, webrtc: h },
      NYC: { ...plan.pops.NYC, http: h, sip: i, webrtc: g },
    },
  };
}

Deno.test("checkPorts() names what is taken and how to mend it", () => {
  const plan = freePlan();
  checkPorts(plan);
  const tcp = Deno.listen({ hostname: "127.0.0.1", port: plan.edge });
  assert.throws(() => checkPorts(plan), {
    code: "address_in_use",
    message: `Port ${plan.edge} (edge) in use: stop what uses it, or start with another ` +
      `--port-base than ${plan.controlPlane}`,
  });
  const { webrtc } = plan.pops.FRA;
  const udp = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: webrtc });
  assert.throws(() => checkPorts(plan), (error: Error) => {
    return error.message.includes(`${webrtc}/udp (WebRTC of FRA)`) &&
      /stop what uses them/.test(error.message);
  });
  tcp.close();
  udp.close();
});

Deno.test("checkMachine() refuses strange machines and full disks", async () => {
  await checkMachine("/tmp", { os: "linux", arch: "aarch64", freeMb: 1000 });
  await checkMachine(Deno.cwd());
  await assert.rejects(
    checkMachine("/tmp", { os: "windows", arch: "x86_64", freeMb: 1000 }),
    /runs on Linux and macOS .* not on windows with x86_64/,
  );
  await assert.rejects(
    checkMachine("/tmp", { os: "linux", arch: "x86_64", freeMb: 12.7 }),
    /Only 12 MB are free for \/tmp and 600 are needed/,
  );
});

Deno.test("lockData() lets one process at a time in", async () => {
  const folder = await Deno.makeTempDir();
  const first = await lockData(folder);
  await assert.rejects(lockData(folder), {
    code: "conflict",
    message: new RegExp(`runs already on ${folder} \\(process ${Deno.pid}\\)`),
  });
  first[Symbol.dispose]();
  (await lockData(folder))[Symbol.dispose]();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("buildWeb() gives the end of a failed build", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/build.ts`, 'throw new Error("no such module");');
  await assert.rejects(buildWeb(folder, "build.ts"), (error: Error & { data: unknown }) => {
    assert.match(error.message, /could not be made by build\.ts/);
    return JSON.stringify(error.data).includes("no such module");
  });
  await Deno.writeTextFile(`${folder}/build.ts`, "");
  await buildWeb(folder, "build.ts");
  await Deno.remove(folder, { recursive: true });
});
