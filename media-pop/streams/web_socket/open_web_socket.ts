import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EgressTarget } from "../egress_target.ts";
import { ClientSocket, type SocketEvents } from "./client_socket.ts";

/** What {@linkcode openWebSocket} needs beside the target. */
export interface OpenWebSocketOptions {
  /** The whole address; its host is what TLS verifies. */
  url: URL;
  target: EgressTarget;
  /** Header fields beside those of the handshake, in lower case. */
  headers: Readonly<Record<string, string>>;
  events: SocketEvents;
  random: (size: number) => Uint8Array;
  random32: () => number;
  /** Gives up. */
  signal: AbortSignal;
  /** Certificates that count beside the system's, as PEM. */
  caCerts?: string[];
}

/** Bytes of the server's answer at most. */
const LARGEST_ANSWER = 16 * 1024;
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * Opens a WebSocket (RFC 6455 section 4.1) to one address that was looked at before. Follows no
 * redirect, offers no extension; TLS is verified for the URL's host.
 * @throws AntiphonError `provider_refused` with `data.status` when it answers anything but 101,
 * `unavailable` when it cannot be reached, `deadline_exceeded` when `signal` said so
 */
export async function openWebSocket(options: OpenWebSocketOptions): Promise<ClientSocket> {
  const { target, signal, url, caCerts } = options;
  let connection: Deno.Conn | undefined;
  const giveUp = () => quietly(() => connection?.close());
  try {
    signal.throwIfAborted();
    const { address: hostname, port } = target;
    const tcp = await Deno.connect({ hostname, port, signal });
    tcp.setNoDelay(true);
    connection = tcp;
    signal.addEventListener("abort", giveUp);
    if (target.tls) {
      const host = target.hostname;
      connection = await Deno.startTls(tcp, {
        hostname: host,
        caCerts,
        alpnProtocols: ["http/1.1"],
      });
    }
    const key = Buffer.from(options.random(16)).toString("base64");
    await writeAll(connection, request(url, key, options.headers));
    const rest = await readAnswer(connection, key);
    signal.throwIfAborted();
    return new ClientSocket(connection, rest, options.events, options.random32);
  } catch (cause) {
    giveUp();
    if (signal.aborted) {
      throw new AntiphonError("deadline_exceeded", "It did not answer in time", { cause });
    }
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError("unavailable", "It cannot be reached", { cause });
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function request(url: URL, key: string, headers: Readonly<Record<string, string>>): Uint8Array {
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    "upgrade: websocket",
    "connection: Upgrade",
    `sec-websocket-key: ${key}`,
    "sec-websocket-version: 13",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, "")}`),
  ];
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`);
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Reads the answer's head; returns what came behind it. */
async function readAnswer(connection: Deno.Conn, key: string): Promise<Uint8Array> {
  const buffer = new Uint8Array(LARGEST_ANSWER);
  let length = 0;
  for (;;) {
    const count = await connection.read(buffer.subarray(length));
    if (count === null || count === 0) throw refused("It closed the connection", 0);
    length += count;
    const text = new TextDecoder("latin1").decode(buffer.subarray(0, length));
    const end = text.indexOf("\r\n\r\n");
    if (end >= 0) {
      check(text.slice(0, end), key);
      return buffer.slice(end + 4, length);
    }
    if (length === buffer.length) throw refused("Its answer has no end", 0);
  }
}

function check(head: string, key: string): void {
  const [first, ...lines] = head.split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})(?: |$)/.exec(first)?.[1] ?? 0);
  if (status !== 101) throw refused("It does not take the socket", status);
  const fields = new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  }));
  const accept = createHash("sha1").update(key + GUID).digest("base64");
  const isSwitched = fields.get("upgrade")?.toLowerCase() === "websocket" &&
    (fields.get("connection") ?? "").toLowerCase().split(/\s*,\s*/).includes("upgrade");
  if (!isSwitched || fields.get("sec-websocket-accept") !== accept) {
    throw refused("Its answer is not that of a WebSocket", status);
  }
  if (fields.has("sec-websocket-extensions") || fields.has("sec-websocket-protocol")) {
    throw refused("It chose what was not offered", status);
  }
}

function refused(message: string, status: number): AntiphonError {
  return new AntiphonError("provider_refused", message, { data: { status } });
}

function quietly(close: () => void): void {
  try {
    close();
  } catch {
    // It was closed already.
  }
}
