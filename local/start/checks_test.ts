import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { portPlan } from "../layout/port_plan.ts";
import { placementOf, sitePlans } from "../layout/site_plans.ts";
import { buildWeb } from "./build_web.ts";
import { checkMachine } from "./check_machine.ts";
import { checkPorts } from "./check_ports.ts";
import { lockData } from "./lock_data.ts";

/** A layout whose ports nobody holds. */
function freeLayout() {
  for (;;) {
    const ports = portPlan(9000 + Math.floor(Math.random() * 200) * 100);
    const layout = { ports, sites: sitePlans(), placement: placementOf() };
    try {
      checkPorts(layout);
      return layout;
    } catch (error) {
      if (!(error instanceof AntiphonError) || error.code !== "address_in_use") throw error;
    }
  }
}

Deno.test("checkPorts() names what is taken and how to mend it", () => {
  const layout = freeLayout();
  const { ports } = layout;
  const tcp = Deno.listen({ hostname: "127.0.0.1", port: ports.edge });
  assert.throws(() => checkPorts(layout), {
    code: "address_in_use",
    message: `Port ${ports.edge} (edge) in use: stop what uses it, or start with another ` +
      `--port-base than ${ports.controlPlane}`,
  });
  const { webrtc } = ports.pops.FRA;
  const udp = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: webrtc });
  assert.throws(() => checkPorts(layout), (error: Error) => {
    return error.message.includes(`${webrtc}/udp (WebRTC of FRA)`) &&
      /stop what uses them/.test(error.message);
  });
  tcp.close();
  udp.close();
});

Deno.test("checkPorts() leaves sites alone whose commands run elsewhere", () => {
  const layout = freeLayout();
  using _taken = Deno.listen({ hostname: "127.0.0.1", port: layout.ports.edge });
  const elsewhere = { host: "10.91.3.1", prefix: ["ip", "netns", "exec", "control"] };
  checkPorts({ ...layout, sites: sitePlans({ control: elsewhere }) });
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
    /Only 12 MB are free for \/tmp and 900 are needed/,
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
