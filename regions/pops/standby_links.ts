import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import { PopFrame } from "../../protocol/pop_link/pop_frame.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { LinkSocket } from "./pop_link.ts";

/** Where a socket's frames and its end are handed. */
export interface LinkHandlers {
  receive: (text: string) => void;
  closed: () => void;
}

/** What {@linkcode StandbyLinks} needs of its cell. */
export interface StandbyLinksPorts {
  /** Verifies the token in a hello and returns the service's name. */
  verify: (token: string) => Promise<string>;
  /** Where the cluster is active, signed; null while that is not known. */
  notice: () => Promise<string | null>;
  timer: (ms: number, run: () => void) => () => void;
  log: Logger;
}

/** What takes sockets in once the cell is active: `PopLinks`. */
export interface ActiveLinks {
  accept(socket: LinkSocket): LinkHandlers;
}

/** Longest time from a socket's opening to its hello, in milliseconds. */
const HELLO_MS = 5_000;
/** Sockets taken at most: some of each PoP. */
const MOST = 1_024;

interface Waiting {
  socket: LinkSocket;
  popId: string | null;
  /** Hello came and is being verified, or was. */
  greeted: boolean;
  cancel: () => void;
  handlers: LinkHandlers | null;
}

/**
 * The PoPs' sockets of a cell that is not active: they are kept open and told where the cluster is.
 * Once the cell is active all of them are handed over and their PoPs called to say hello anew; from
 * then on new sockets go straight to the active links.
 */
export class StandbyLinks {
  readonly #waiting = new Set<Waiting>();
  #active: ActiveLinks | null = null;

  constructor(readonly ports: StandbyLinksPorts) {}

  /** Ids of the PoPs that wait here. */
  get waiting(): string[] {
    return [...this.#waiting].flatMap(({ popId }) => popId ?? []);
  }

  /** Takes a new socket in. The caller hands it every text frame and its closing. */
  accept(socket: LinkSocket): LinkHandlers {
    if (this.#active) return this.#active.accept(socket);
    if (this.#waiting.size >= MOST) {
      socket.close(1013, "too many links");
      return { receive: () => {}, closed: () => {} };
    }
    const cancel = this.ports.timer(HELLO_MS, () => this.#end(one, 4408, "hello expected"));
    const one: Waiting = { socket, popId: null, greeted: false, cancel, handlers: null };
    this.#waiting.add(one);
    return {
      receive: (text) => one.handlers ? one.handlers.receive(text) : this.#take(one, text),
      closed: () => {
        this.#forget(one);
        one.handlers?.closed();
      },
    };
  }

  /** The cell is active: hands every socket over and calls those whose PoP has said hello. */
  activate(active: ActiveLinks): void {
    this.#active = active;
    for (const one of [...this.#waiting]) {
      this.#forget(one);
      one.handlers = active.accept(one.socket);
      if (one.greeted) this.#send(one, { type: "come" });
    }
  }

  /** Closes every socket that still waits, for the end of the process. */
  close(): void {
    for (const one of [...this.#waiting]) this.#end(one, 1001, "going away");
  }

  #take(one: Waiting, text: string): void {
    if (!this.#waiting.has(one)) return;
    const frame = parse(text);
    if (frame?.type === "ping") return this.#send(one, { type: "pong" });
    // A result of a command that an earlier process gave comes too late for anybody.
    if (frame?.type === "command-result") return;
    if (frame?.type !== "hello") return this.#end(one, 4400, "hello expected");
    one.greeted = true;
    one.cancel();
    this.#greet(one, frame).catch((error) => {
      this.ports.log.warn("standby-link.refused", { error });
      const code = error instanceof AntiphonError ? error.code : "internal";
      this.#end(one, code === "internal" ? 4500 : 4401, code);
    });
  }

  async #greet(one: Waiting, hello: Extract<PopFrame, { type: "hello" }>): Promise<void> {
    const service = await this.ports.verify(hello.token);
    if (service !== `pop:${hello.popId}`) {
      throw new AntiphonError("unauthenticated", "The token is another service's");
    }
    const notice = await this.ports.notice();
    // Handed over meanwhile: its PoP was called, and says hello anew.
    if (!this.#waiting.has(one)) return;
    for (const other of [...this.#waiting]) {
      if (other !== one && other.popId === hello.popId) this.#end(other, 4409, "replaced");
    }
    one.popId = hello.popId;
    this.ports.log.info("standby-link.connected", { popId: hello.popId });
    this.#send(one, { type: "standby", notice });
  }

  #send(one: Waiting, frame: CellFrame): void {
    one.socket.send(JSON.stringify(frame));
  }

  /** Ends one that waits; one that was handed over is the active links' own. */
  #end(one: Waiting, code: number, reason: string): void {
    if (!this.#waiting.has(one)) return;
    this.#forget(one);
    one.socket.close(code, reason);
  }

  #forget(one: Waiting): void {
    one.cancel();
    this.#waiting.delete(one);
  }
}

function parse(text: string): PopFrame | null {
  try {
    return PopFrame.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not JSON: the caller ends the socket.
    return null;
  }
}
