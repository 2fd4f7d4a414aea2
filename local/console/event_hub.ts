/** Pages that listen at once; the oldest is let go for a newer one. */
const MAX_LISTENERS = 16;

/** Sends events to all open pages (Server-Sent Events, WHATWG HTML section 9.2). */
export class EventHub {
  readonly #listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Sends one event to every page. */
  publish(type: string, data: unknown): void {
    const bytes = encode(type, data);
    for (const listener of this.#listeners) this.#send(listener, bytes);
  }

  /** Opens a stream for one page, which hears `first` at once. */
  open(first: readonly [type: string, data: unknown][]): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.#listeners.add(controller);
        for (const [type, data] of first) controller.enqueue(encode(type, data));
      },
      cancel: () => void this.#listeners.delete(own),
    });
    if (this.#listeners.size > MAX_LISTENERS) this.#end([...this.#listeners][0]);
    return new Response(stream, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    });
  }

  close(): void {
    for (const listener of [...this.#listeners]) this.#end(listener);
  }

  #send(listener: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    // A page that takes nothing any more is let go rather than kept in memory.
    if ((listener.desiredSize ?? 0) < -256) return this.#end(listener);
    listener.enqueue(bytes);
  }

  #end(listener: ReadableStreamDefaultController<Uint8Array>): void {
    this.#listeners.delete(listener);
    listener.close();
  }
}

function encode(type: string, data: unknown): Uint8Array {
  return new TextEncoder().encode(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
}
