import { z } from "zod";

/** What a cell says of itself at `/health`. */
export const CellHealth = z.object({
  active: z.boolean(),
  epoch: z.number().nullable().default(null),
  /** Whether a standby has every tenant's state at hand. */
  warm: z.boolean().default(true),
});
export type CellHealth = z.infer<typeof CellHealth>;

const REQUEST_MS = 1000;

/** Asks a cell how it is; null when it does not answer. */
export async function cellHealth(url: string): Promise<CellHealth | null> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(REQUEST_MS) });
    const read = CellHealth.safeParse(await response.json());
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
