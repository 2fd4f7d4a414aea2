import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Problem } from "../../protocol/errors/problem.ts";
import { controlPath } from "./control_path.ts";

/** A process may take its time to stop and to be ready. */
const REQUEST_MS = 100_000;

const Status = z.object({
  name: z.string(),
  state: z.string(),
  pid: z.number().nullable(),
});

/** Drives the processes of a platform that another process has started. */
export class ControlClient implements Disposable {
  readonly #path: string;
  readonly #client: Deno.HttpClient;

  constructor(dataFolder: string) {
    this.#path = controlPath(dataFolder);
    this.#client = Deno.createHttpClient({ proxy: { transport: "unix", path: this.#path } });
  }

  /** The processes there are. @throws AntiphonError `unavailable` when nobody listens */
  async statuses(): Promise<z.infer<typeof Status>[]> {
    return z.array(Status).parse(await this.#ask("GET", "/processes"));
  }

  /** @throws AntiphonError `unavailable` when nobody listens, or with what was answered */
  async kill(name: string): Promise<void> {
    await this.#ask("POST", `/processes/${name}/kill`);
  }

  /** Starts and waits until it is ready. @throws AntiphonError */
  async start(name: string): Promise<void> {
    await this.#ask("POST", `/processes/${name}/start`);
  }

  /** Stops cleanly. @throws AntiphonError */
  async stop(name: string): Promise<void> {
    await this.#ask("POST", `/processes/${name}/stop`);
  }

  /** Has it replace itself while it serves. @throws AntiphonError */
  async renew(name: string): Promise<void> {
    await this.#ask("POST", `/processes/${name}/renew`);
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }

  async #ask(method: string, path: string): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch(`http://localhost${path}`, {
        method,
        client: this.#client,
        signal: AbortSignal.timeout(REQUEST_MS),
      });
    } catch (cause) {
      throw new AntiphonError(
        "unavailable",
        `Nobody answers at ${this.#path}: is deno task start still running?`,
        { cause },
      );
    }
    const value = await response.json();
    if (response.ok) return value;
    const { detail } = Problem.parse(value);
    throw new AntiphonError("unavailable", detail);
  }
}
