/** What a cell says of itself. */
export interface CellState {
  active: boolean;
  epoch: number | null;
  /** Whether a standby cell follows the log; undefined when it does not say. */
  warm?: boolean;
  behindMs?: number | null;
}

const ANSWER_MS = 2_000;

/** Asks a cell; null when it does not answer. */
export async function cellState(url: string): Promise<CellState | null> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return await response.json();
  } catch {
    return null;
  }
}
