/** When a stream from a cell is not worth waiting for any more. */
export interface StreamWatch {
  /** Whether the cell it comes from is not the active one any more. */
  stale(): boolean;
  timer(ms: number, run: () => void): () => void;
  /** Milliseconds that only need to grow. */
  now(): number;
}

/** Cells say something every 15 seconds. */
const SILENCE_MS = 35_000;
const LOOK_MS = 1_000;

/**
 * Hands a stream on, and ends it when its cluster has moved or nothing comes any more: its reader
 * then comes again and is told what followed the last event it had.
 */
export function watchedStream(
  body: ReadableStream<Uint8Array>,
  { stale, timer, now }: StreamWatch,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let heard = now();
  let cancel = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const look = () => {
        if (!stale() && now() - heard < SILENCE_MS) {
          cancel = timer(LOOK_MS, look);
          return;
        }
        controller.close();
        reader.cancel("the cluster has moved").catch(ignored);
      };
      cancel = timer(LOOK_MS, look);
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        heard = now();
        if (!done) return controller.enqueue(value);
        cancel();
        controller.close();
      } catch (error) {
        cancel();
        attempt(() => controller.error(error));
      }
    },
    async cancel(reason) {
      cancel();
      await reader.cancel(reason);
    },
  });
}

/** It was closed here meanwhile: nobody waits for what was still to come. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // See above.
  }
}

function ignored(): void {}
