import { createHash } from "node:crypto";

/** Reads a request for a WebSocket and answers it, with what else is told; for tests. */
export async function answerUpgrade(
  connection: Deno.Conn,
  { extra = "", status = "101 Switching Protocols", key: wrong = "" } = {},
): Promise<string> {
  const buffer = new Uint8Array(4096);
  const count = await connection.read(buffer);
  const request = new TextDecoder().decode(buffer.subarray(0, count ?? 0));
  const key = wrong || /sec-websocket-key: (.*)\r\n/.exec(request)![1];
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  const answer = `HTTP/1.1 ${status}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Accept: ${accept}\r\n${extra}\r\n`;
  await connection.write(new TextEncoder().encode(answer));
  return request;
}
