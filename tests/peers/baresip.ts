import { join } from "node:path";
import type { Audio } from "../audio/wav.ts";
import { readWav, writeToneWav } from "../audio/wav.ts";
import { until } from "./until.ts";

/** An event that baresip tells over its control socket. */
export interface BaresipEvent {
  type: string;
  param?: string;
  /** When we heard of it, epoch ms. */
  at: number;
}

/** How a phone is to be. */
export interface BaresipOptions {
  user: string;
  codec?: "PCMU" | "PCMA";
  /** Takes calls to its user by itself, beside a phone that calls: on ports of its own. */
  answers?: boolean;
  /** Ports of its own, where several phones stand in one network. */
  ports?: PhonePorts;
  /** How long its tone is, in seconds. */
  toneSeconds?: number;
  /** Whether it writes down what it hears; it does unless told otherwise. */
  records?: boolean;
}

/** Where a phone listens; RTP inclusive. */
export interface PhonePorts {
  sip: number;
  control: number;
  rtp: readonly [number, number];
}

/** The network a phone stands in. */
export interface PhoneNetwork {
  peerAddress: string;
  /** The device with that address. */
  peerDevice: string;
  /** Program and arguments that run a command there. */
  command(program: string, args: readonly string[]): [string, string[]];
}

/** Where a phone that answers takes calls. */
export const ANSWERING_PORT = 5070;
const ANSWERING: PhonePorts = { sip: ANSWERING_PORT, control: 4445, rtp: [41_200, 41_300] };
const CALLING: PhonePorts = { sip: 5060, control: 4444, rtp: [41_000, 41_100] };

/**
 * A phone on baresip, a SIP phone that others wrote, in a network namespace of its own. It speaks
 * a tone, 440 Hz as a caller and 700 Hz as one who answers, and records what it hears.
 */
export class Baresip implements AsyncDisposable {
  readonly events: BaresipEvent[] = [];
  #control: Deno.TcpConn | undefined;

  private constructor(
    readonly folder: string,
    readonly process: Deno.ChildProcess,
    readonly network: PhoneNetwork,
  ) {}

  static async start(
    network: PhoneNetwork,
    options: BaresipOptions,
  ): Promise<Baresip> {
    const { answers } = options;
    const ports = options.ports ?? (answers ? ANSWERING : CALLING);
    const folder = await Deno.makeTempDir({ prefix: "baresip-" });
    const modules = await modulePath();
    await writeToneWav(
      join(folder, "tone.wav"),
      answers ? 700 : 440,
      options.toneSeconds ?? 60,
      8000,
    );
    await Deno.mkdir(join(folder, "heard"));
    const codec = options.codec ?? "PCMU";
    await Deno.writeTextFile(
      join(folder, "config"),
      [
        "poll_method epoll",
        `sip_listen ${network.peerAddress}:${ports.sip}`,
        "call_local_timeout 120",
        "call_max_calls 4",
        `audio_source aufile,${folder}/tone.wav`,
        `audio_player aufile,${folder}/nowhere.wav`,
        `audio_alert aufile,${folder}/nowhere.wav`,
        "ausrc_srate 8000",
        "auplay_srate 8000",
        "ausrc_channels 1",
        "auplay_channels 1",
        `rtp_ports ${ports.rtp.join("-")}`,
        "jitter_buffer_delay 5-10",
        `net_interface ${network.peerDevice}`,
        `module_path ${modules}`,
        "module g711.so",
        "module aufile.so",
        ...(options.records === false ? [] : ["module sndfile.so"]),
        `snd_path ${folder}/heard`,
        "module_tmp uuid.so",
        "module_tmp account.so",
        "module_app menu.so",
        "module_app ctrl_tcp.so",
        `ctrl_tcp_listen ${network.peerAddress}:${ports.control}`,
      ].join("\n") + "\n",
    );
    await Deno.writeTextFile(
      join(folder, "accounts"),
      `<sip:${options.user}@${network.peerAddress}>;regint=0;audio_codecs=${codec}/8000/1` +
        `${answers ? ";answermode=auto" : ""}\n`,
    );
    await Deno.writeTextFile(join(folder, "contacts"), "");
    const [program, args] = network.command("baresip", ["-f", folder]);
    const log = await Deno.open(join(folder, "log"), { create: true, write: true });
    const process = new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    process.stdout.pipeTo(log.writable).catch(() => {});
    const phone = new Baresip(folder, process, network);
    const control = await until(
      "baresip's control socket",
      () => Deno.connect({ hostname: network.peerAddress, port: ports.control }),
    );
    phone.#control = control;
    phone.#read(control);
    return phone;
  }

  /** Dials a number at a SIP address. Resolves at once; watch `events`. */
  async dial(number: string, sip: string): Promise<void> {
    await this.#send("dial", `sip:${number}@${sip}`);
  }

  /** Sends one digit as an RFC 4733 telephone-event. */
  async digit(digit: string): Promise<void> {
    await this.#send("sndcode", digit);
  }

  async hangUp(): Promise<void> {
    await this.#send("hangup");
  }

  /** Waits for an event of a type ("CALL_RINGING", "CALL_ESTABLISHED", "CALL_CLOSED"). */
  event(type: string, timeoutMs = 15_000): Promise<BaresipEvent> {
    return until(
      `baresip's ${type}`,
      () => this.events.find((event) => event.type === type),
      timeoutMs,
    );
  }

  /** The last `seconds` of what it has heard so far. */
  async heard(seconds: number): Promise<Audio> {
    for await (const entry of Deno.readDir(join(this.folder, "heard"))) {
      if (!entry.name.endsWith("-dec.wav")) continue;
      const { rate, samples } = await readWav(join(this.folder, "heard", entry.name));
      return { rate, samples: samples.slice(-seconds * rate) };
    }
    return { rate: 8000, samples: new Float32Array(0) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#control?.close();
    } catch {
      // It closes by itself when baresip ends.
    }
    try {
      this.process.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await this.process.status;
    await Deno.remove(this.folder, { recursive: true });
  }

  async #send(command: string, params = ""): Promise<void> {
    const text = JSON.stringify({ command, params, token: command });
    const bytes = new TextEncoder().encode(text);
    await this.#control!.write(new TextEncoder().encode(`${bytes.length}:${text},`));
  }

  /** Netstrings of JSON (https://cr.yp.to/proto/netstrings.txt). */
  async #read(control: Deno.TcpConn): Promise<void> {
    let rest = "";
    try {
      for await (const chunk of control.readable.pipeThrough(new TextDecoderStream())) {
        rest += chunk;
        for (;;) {
          const match = /^(\d+):/.exec(rest);
          const end = match ? match[0].length + Number(match[1]) : Infinity;
          if (!match || rest.length < end + 1) break;
          const message = JSON.parse(rest.slice(match[0].length, end));
          rest = rest.slice(end + 1);
          if (message.event) this.events.push({ ...message, at: Date.now() });
        }
      }
    } catch (error) {
      if (
        !(error instanceof Deno.errors.BadResource) && !(error instanceof Deno.errors.Interrupted)
      ) {
        throw error;
      }
    }
  }
}

async function modulePath(): Promise<string> {
  for (const path of ["/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules"]) {
    if (await Deno.stat(path).then((s) => s.isDirectory, () => false)) return path;
  }
  throw new Error("baresip's modules are not installed: apt-get install baresip-core");
}
