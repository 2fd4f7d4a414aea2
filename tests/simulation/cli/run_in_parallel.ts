import { runSeeds, type SeedsReport } from "./run_seeds.ts";

/** Seeds that a worker takes at once. */
const PART = 50;

/**
 * Runs seeds on several workers. The worlds do not know of each other, so that the report is the
 * same however many there are.
 */
export async function runInParallel(
  first: number,
  seeds: number,
  workers: number,
  most = Infinity,
  done: (seeds: number) => void = () => {},
): Promise<SeedsReport> {
  if (workers <= 1) return await runSeeds(first, seeds, most);
  const parts: SeedsReport[] = [];
  let next = first;
  const end = first + seeds;
  const found = () => parts.reduce((sum, part) => sum + part.violations.length, 0);
  const work = async () => {
    const worker = new Worker(new URL("./seeds_worker.ts", import.meta.url), { type: "module" });
    try {
      while (next < end && found() < most) {
        const part = { first: next, seeds: Math.min(PART, end - next), most };
        next += part.seeds;
        parts.push(await asked(worker, part));
        done(parts.reduce((sum, it) => sum + it.seeds, 0));
      }
    } finally {
      worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return merged(first, parts);
}

function asked(worker: Worker, part: unknown): Promise<SeedsReport> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(part);
  });
}

function merged(first: number, parts: SeedsReport[]): SeedsReport {
  const sometimes: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, count] of Object.entries(part.sometimes)) {
      sometimes[name] = (sometimes[name] ?? 0) + count;
    }
  }
  return {
    first,
    seeds: parts.reduce((sum, part) => sum + part.seeds, 0),
    steps: parts.reduce((sum, part) => sum + part.steps, 0),
    sometimes: Object.fromEntries(Object.entries(sometimes).sort(([a], [b]) => a < b ? -1 : 1)),
    violations: parts.flatMap((part) => part.violations).sort((a, b) => a.seed - b.seed),
  };
}
