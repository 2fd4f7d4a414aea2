import { ACTIVITIES } from "../activities/activities.ts";

/** What an activity's own page says. */
export interface ActivityPage {
  type: string;
  /** The page's first sentence. */
  summary: string;
  /** Its JSON examples, as text. */
  examples: string[];
}

/** The folder of an activity, within that of all activities. */
export function activityFolder(type: string): string {
  return type.replaceAll("-", "_");
}

/** Reads the page of an activity. */
export function activityPage(type: string, text: string): ActivityPage {
  const [first = ""] = text.split("\n\n").slice(1);
  const sentence = /^[\s\S]*?[.:](?=\s|$)/.exec(first)?.[0] ?? first;
  return {
    type,
    summary: sentence.replaceAll(/\s+/g, " ").replace(/:$/, ".").trim(),
    examples: [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, example]) => example),
  };
}

/** The table of all activities for docs/flows.md. */
export async function activityIndex(read: (type: string) => Promise<string>): Promise<string> {
  const rows = await Promise.all(
    [...ACTIVITIES].sort(([a], [b]) => a < b ? -1 : 1).map(
      async ([type, { kinds, inHandlers }]) => {
        const { summary } = activityPage(type, await read(type));
        const link = `[\`${type}\`](../regions/flows/activities/${activityFolder(type)}/README.md)`;
        const cells = [link, kinds.join(", "), inHandlers ? "yes" : "no", summary];
        return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
      },
    ),
  );
  return ["| activity | flows | in handlers | |", "|---|---|---|---|", ...rows].join("\n");
}
