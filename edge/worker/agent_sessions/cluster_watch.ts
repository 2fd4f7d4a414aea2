/** What a watch needs of its session. */
export interface ClusterWatchPorts {
  /** Whether a desktop is there that would want to know. */
  anyOpen(): boolean;
  /** Whether the cluster is reached now, or was after `since`. Never throws; has a deadline. */
  probe(since: number): Promise<boolean>;
  timer(ms: number, run: () => void): () => void;
  /** Keeps the object alive for work that nobody waits for. */
  background(work: Promise<void>): void;
  now(): number;
  /** The cluster has been away for so long that people must know. */
  lost(): void;
  /** It is there again. */
  found(told: boolean): void;
}

/** A move of the cluster takes seconds; nobody is told of it before this, in milliseconds. */
const TOLD_MS = 3_000;
const LOOK_MS = 1_000;

/**
 * Whether a session's cluster is away, and whether its desktops know. Nothing is asked while the
 * cluster answers; once something failed it is looked for every second until it is found.
 */
export class ClusterWatch {
  #since: number | null = null;
  #told = false;
  #looking = false;
  #cancel = () => {};

  constructor(readonly ports: ClusterWatchPorts) {}

  /** Whether desktops were told that the cluster is away. */
  get told(): boolean {
    return this.#told;
  }

  /** Something that began at `since` got no answer. */
  failed(since: number): void {
    this.#since ??= since;
    this.#look();
  }

  /** The cluster has answered, or has told something on its own. */
  answered(): void {
    if (this.#since === null) return;
    const told = this.#told;
    this.#since = null;
    this.#told = false;
    this.#cancel();
    this.ports.found(told);
  }

  #look(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#cancel();
    this.ports.background(
      this.#lookOnce().finally(() => this.#looking = false).then(() => {
        if (this.#since === null || !this.ports.anyOpen()) return;
        this.#cancel = this.ports.timer(LOOK_MS, () => this.#look());
      }),
    );
  }

  async #lookOnce(): Promise<void> {
    const since = this.#since;
    if (since === null) return;
    if (await this.ports.probe(since)) return this.answered();
    if (this.#since === null || this.#told || this.ports.now() < since + TOLD_MS) return;
    this.#told = true;
    this.ports.lost();
  }
}
