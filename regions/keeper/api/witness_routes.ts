import { Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { ClusterId } from "../../../protocol/ids/names.ts";
import { readJson } from "../../api/read_json.ts";
import { WitnessRequest } from "../lease/witness_request.ts";
import type { Witness } from "../witness/witness.ts";
import type { Caller } from "./caller.ts";

/** The witness's one route: a keeper asks in its own site's name only. */
export function witnessRoutes(witness: Witness, who: Caller): Hono {
  const app = new Hono();
  app.post("/:clusterId", async (c) => {
    const service = await who(c, ["keeper"]);
    const clusterId = ClusterId.parse(c.req.param("clusterId"));
    const request = await readJson(c, WitnessRequest);
    if (service !== `keeper:${request.from.site}`) {
      throw new AntiphonError("forbidden", `${service} may not ask for ${request.from.site}`);
    }
    return c.json(await witness.ask(clusterId, request));
  });
  return app;
}
