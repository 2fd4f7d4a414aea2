import type { History } from "../history/history.ts";
import type { Site } from "../regions/site.ts";
import type { PatroniPlace } from "./patroni_place.ts";
import { readJson } from "./read_json.ts";

const EVERY_MS = 50;
const TIMEOUT_MS = 1_000;

/** Asks cells all the time whether they are active; what they say stands in the history. */
export class HealthWatch {
  readonly #watches: Promise<void>[];
  #stopped = false;

  /** @param from Where the asker is. */
  constructor(
    history: History,
    from: Site,
    cells: readonly { place: PatroniPlace; cellUrl: string }[],
  ) {
    this.#watches = cells.map(async ({ place, cellUrl }) => {
      while (!this.#stopped) {
        const askedAt = history.now();
        try {
          const { body } = await readJson(`${cellUrl}/health`, {}, TIMEOUT_MS);
          const told = { active: body.active === true, epoch: body.epoch ?? null };
          history.note({ kind: "health", from, cell: place, askedAt, ...told });
        } catch {
          // Whoever is not reached says nothing.
        }
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#watches);
  }
}
