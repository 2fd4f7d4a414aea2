import assert from "node:assert/strict";
import { run } from "../../peers/run.ts";
import { missingPrograms } from "../setup/missing_programs.ts";
import { labName } from "./lab_name.ts";
import { LabNetwork } from "./lab_network.ts";
import { ADDRESS, type Site } from "./site.ts";
import { sweepLeftOver } from "./sweep_left_over.ts";

const missing = await missingPrograms();

/** Sends a word over UDP from one site to another, `times` over; gives how long each took, in ms. */
async function pings(network: LabNetwork, from: Site, to: Site, times = 1): Promise<number[]> {
  const args = [
    "run",
    "-A",
    "--unstable-net",
    new URL("./testing/ping.ts", import.meta.url).pathname,
  ];
  const [command, ...rest] = network.prefix(to);
  const echo = new Deno.Command(command, {
    args: [...rest, Deno.execPath(), ...args, "echo", ADDRESS[to]],
    stdout: "piped",
  }).spawn();
  try {
    await echo.stdout.getReader().read();
    const [program, ...more] = network.prefix(from);
    const out = await run(program, [...more, Deno.execPath(), ...args, ADDRESS[to], String(times)]);
    return JSON.parse(out);
  } finally {
    echo.kill("SIGKILL");
    await echo.status;
  }
}

Deno.test({
  name: "the lab's sites are 80 ms apart, and lines are cut, slowed and healed while they run",
  ignore: missing.length > 0,
  async fn() {
    await using network = await LabNetwork.build();
    const times = await pings(network, "eu-central", "us-east", 5);
    assert.equal(times.length, 5);
    assert.ok(Math.min(...times) >= 79 && Math.min(...times) < 110, JSON.stringify(times));
    assert.ok(Math.min(...await pings(network, "world", "control", 2)) < 20);
    assert.ok(Math.min(...await pings(network, "us-east", "world", 2)) >= 79);

    await network.cut("us-east", "eu-central");
    assert.deepEqual(await pings(network, "eu-central", "us-east"), []);
    assert.equal((await pings(network, "us-east", "control")).length, 1);
    await network.heal();
    await network.slow("eu-central", "us-east", { delayMs: 150 });
    assert.ok((await pings(network, "eu-central", "us-east"))[0] >= 299);
    await network.isolate("eu-central");
    assert.deepEqual(await pings(network, "world", "eu-central"), []);
    assert.equal((await pings(network, "us-east", "control")).length, 1);
    await network.heal();
    assert.equal(await network.rtpBetweenRegions(), 0);
    assert.ok((await pings(network, "world", "eu-central", 3)).length === 3);
    assert.deepEqual(await network.processes("eu-central"), []);
  },
});

Deno.test({
  name: "sweepLeftOver() removes what a killed run left, and leaves what runs",
  ignore: missing.length > 0,
  async fn() {
    await sweepLeftOver();
    const left = labName({ pid: 2 ** 22 + 1, startTicks: 1 }, "eu-central");
    await run("ip", ["netns", "add", left]);
    const sleeper = new Deno.Command("ip", { args: ["netns", "exec", left, "sleep", "600"] })
      .spawn();
    await using network = await LabNetwork.build();
    assert.deepEqual(await sweepLeftOver(), [left]);
    assert.equal((await sleeper.status).signal, "SIGKILL");
    const names = await run("ip", ["netns", "list"]);
    assert.ok(!names.includes(left) && names.includes(network.name("world")));
  },
});
