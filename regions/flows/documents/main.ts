import { activityFolder, activityIndex } from "./activity_index.ts";
import { flowSchema } from "./flow_schema.ts";

// Writes what is made of the activities: docs/schemas/flow.json, and their table in docs/flows.md.
const ROOT = new URL("../../../", import.meta.url);
const BEGIN = "<!-- activities -->";
const END = "<!-- end of activities -->";

await Deno.writeTextFile(
  new URL("docs/schemas/flow.json", ROOT),
  `${JSON.stringify(flowSchema(), null, 2)}\n`,
);
const page = new URL("docs/flows.md", ROOT);
const text = await Deno.readTextFile(page);
const index = await activityIndex((type) =>
  Deno.readTextFile(
    new URL(`regions/flows/activities/${activityFolder(type)}/README.md`, ROOT),
  )
);
const [before, rest] = text.split(BEGIN);
await Deno.writeTextFile(page, `${before}${BEGIN}\n${index}\n${END}${rest.split(END)[1]}`);
