import { type Stimulus, WORLD } from "../plans/plan.ts";
import { agentId, contactAddress, number, tenantId } from "../tenants/tenant_names.ts";
import { supervise } from "./supervise.ts";
import type { World } from "./world.ts";

/** Lets a stimulus happen. */
export function applyStimulus(world: World, stimulus: Stimulus): void {
  const { at: _, ...what } = stimulus;
  world.note("plan", JSON.stringify(what));
  const { queue, network, log } = world;
  switch (stimulus.type) {
    case "caller": {
      const { n: index, tenant, digits, patienceMs, talkMs } = stimulus;
      return world.pops.get(WORLD.pops[stimulus.pop])!.ring({
        index,
        tenantId: tenantId(tenant),
        from: `+4930${1000 + index}`,
        to: number(tenant),
        habits: { digits, patienceMs, talkMs },
      });
    }
    case "contact":
      return world.contact(tenantId(stimulus.tenant), contactAddress(stimulus.contact))!
        .write(stimulus.answers);
    case "sign-in":
      return agentOf(world, stimulus).signIn();
    case "sign-out":
      return agentOf(world, stimulus).signOut();
    case "leave":
      return agentOf(world, stimulus).leave();
    case "break":
      return agentOf(world, stimulus).takeBreak(stimulus.ms);
    case "softphone-lost": {
      const agent = agentOf(world, stimulus);
      if (!agent.wantsSoftphone) return;
      agent.softphone(false);
      return void queue.after(stimulus.ms, () => agent.softphone(true));
    }
    case "reconfigure":
    case "prioritise":
    case "call-back":
    case "list-contact":
      supervise(world, stimulus).catch((error) => world.caught(error));
      return;
    case "crash-cell":
      if (stimulus.when === "now") return world.cluster.crash(stimulus.downMs);
      world.cluster.doom = {
        when: stimulus.when,
        run: () => world.cluster.crash(stimulus.downMs),
      };
      return;
    case "move-cluster":
      if (stimulus.when === "now") {
        return world.cluster.move(stimulus.zombieMs, stimulus.downMs);
      }
      world.cluster.doom = {
        when: stimulus.when,
        run: () => world.cluster.move(stimulus.zombieMs, stimulus.downMs),
      };
      return;
    case "cut-link":
      return world.pops.get(WORLD.pops[stimulus.pop])!.cut();
    case "restart-pop":
      return world.pops.get(WORLD.pops[stimulus.pop])!.restart(stimulus.downMs);
    case "weather":
      network.weather = stimulus;
      return void queue.after(stimulus.ms, () => network.weather === stimulus && network.clear());
    case "database":
      log.trouble = stimulus;
      return void queue.after(stimulus.ms, () => log.trouble === stimulus && log.clear());
  }
}

function agentOf(world: World, { tenant, agent }: { tenant: number; agent: number }) {
  return world.edge.session(tenantId(tenant), agentId(agent)).agent;
}
