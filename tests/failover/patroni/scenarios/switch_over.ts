import type { PatroniScenario } from "../patroni_scenario.ts";
import { readJson } from "../read_json.ts";

/** A planned move by Patroni's REST API, as an operator asks for it. */
export const switchOver: PatroniScenario = {
  name: "patroni-switch-over",
  title: "planned switch-over by REST",
  moves: true,
  limitMs: 4_000,
  strike: async ({ leader, other }) => {
    const { status } = await readJson(`${leader.restUrl}/switchover`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`operator:${leader.secret}`)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ leader: leader.place, candidate: other.place }),
    }, 30_000);
    if (status !== 200) throw new Error(`Patroni refused the switch-over with ${status}`);
  },
  heal: () => Promise.resolve(),
};
