import {
  SoftphoneAnswer,
  type SoftphoneFrame,
} from "../../../protocol/softphone/softphone_frame.ts";

type WithoutId<T> = T extends { id: number } ? Omit<T, "id"> : never;
type Notice = Extract<SoftphoneAnswer, { event: string }>;

const ANSWER_MS = 8_000;
/** The PoP takes a line that says nothing for half a minute for dead. */
const PING_MS = 10_000;

/** The line to a PoP's softphone signalling: requests with answers, and what happens meanwhile. */
export class Signalling {
  #ids = 0;
  #pings: ReturnType<typeof setInterval> | undefined;
  readonly #waiting = new Map<
    number,
    { resolve: (data: Json) => void; reject: (e: Error) => void }
  >();

  private constructor(readonly socket: WebSocket, notice: (notice: Notice) => void) {
    socket.onmessage = ({ data }) => {
      const answer = SoftphoneAnswer.parse(JSON.parse(String(data)));
      if ("event" in answer) return notice(answer);
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.data as Json);
      else waiting?.reject(new Error(answer.problem.detail));
    };
  }

  /** Opens the line and says who is there. `closed` is called once, when it ends. */
  static async open(
    url: string,
    accessToken: string,
    notice: (notice: Notice) => void,
    closed: () => void,
  ): Promise<Signalling> {
    const socket = new WebSocket(url);
    const signalling = new Signalling(socket, notice);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.onopen = () => resolve();
    socket.onclose = () => {
      reject(new Error("The PoP cannot be reached"));
      signalling.#fail();
    };
    await promise;
    socket.onclose = () => {
      signalling.#fail();
      closed();
    };
    await signalling.request({ method: "hello", accessToken });
    signalling.#pings = setInterval(() => {
      signalling.request({ method: "ping" }).catch(() => socket.close());
    }, PING_MS);
    return signalling;
  }

  /** Asks and waits for the answer's data. */
  request(frame: WithoutId<SoftphoneFrame>): Promise<Json> {
    const id = this.#ids++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error("The PoP did not answer"));
      }, ANSWER_MS);
      this.#waiting.set(id, {
        resolve: (data) => (clearTimeout(timer), resolve(data)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      });
      this.socket.send(JSON.stringify({ id, ...frame }));
    });
  }

  close(): void {
    this.socket.close();
  }

  #fail(): void {
    clearInterval(this.#pings);
    for (const { reject } of this.#waiting.values()) {
      reject(new Error("The line to the PoP was lost"));
    }
    this.#waiting.clear();
  }
}

// mediasoup-client types its own parameters; here they pass through.
// deno-lint-ignore no-explicit-any
type Json = Record<string, any>;
