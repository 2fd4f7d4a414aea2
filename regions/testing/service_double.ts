import type { IncomingMessage, ServerResponse } from "node:http";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";

/** A request as a customer's server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A customer's server on this machine. */
export interface ServiceDouble {
  url: string;
  /** "localhost:1234". */
  host: string;
  port: number;
  seen: SeenRequest[];
  close(): Promise<void>;
}

/** What a server does with a request. */
export type Behaviour = (
  request: SeenRequest,
  response: ServerResponse,
) => void | Promise<void>;

/** Starts a server on a free port; with a certificate's files over TLS. */
export async function serviceDouble(
  behave: Behaviour,
  files?: { cert: string; key: string },
): Promise<ServiceDouble> {
  const seen: SeenRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const body = await new Blob(chunks as BlobPart[]).text();
    const one = { method, path, headers: headers as Record<string, string>, body };
    seen.push(one);
    await behave(one, response);
  };
  const server = files
    ? https.createServer({
      cert: await Deno.readTextFile(files.cert),
      key: await Deno.readTextFile(files.key),
    }, answer)
    : http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, seen, host: `localhost:${port}` },
    url: `${files ? "https" : "http"}://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
