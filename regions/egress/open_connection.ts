import net from "node:net";
import tls from "node:tls";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { checkEgress, type EgressPolicy } from "./check_egress.ts";
import { checkTls } from "./check_tls.ts";

/**
 * Connects to a URL's server, to an address that was just checked: its name is resolved once and
 * never again, so that a name that changes in between leads nowhere else. The socket is handed out
 * only after a handshake that the TLS policy allows; nothing was sent before.
 *
 * @param signal Ends the attempt.
 * @throws AntiphonError `egress_refused`, `tls_refused`, `service_unreachable`
 */
export async function openConnection(
  url: URL,
  policy: EgressPolicy,
  signal: AbortSignal,
): Promise<net.Socket> {
  const addresses = await checkEgress(url, policy);
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "https:";
  const port = Number(url.port || (secure ? 443 : 80));
  const ca = addresses === null ? policy.ca : undefined;
  let failure: unknown;
  for (const host of addresses ?? [hostname]) {
    signal.throwIfAborted();
    try {
      const socket = await opened(net.connect({ host, port }), "connect", signal);
      socket.setNoDelay(true);
      return secure ? await secured(socket, hostname, ca, signal) : socket;
    } catch (error) {
      if (error instanceof AntiphonError) throw error;
      failure = error;
    }
  }
  signal.throwIfAborted();
  throw unreachable(failure);
}

async function secured(
  socket: net.Socket,
  hostname: string,
  ca: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<net.Socket> {
  const wrapped = tls.connect({
    socket,
    // Server names are never addresses (RFC 6066 section 3); the certificate is checked for both.
    ...net.isIP(hostname) ? { host: hostname } : { host: hostname, servername: hostname },
    minVersion: "TLSv1.2",
    ALPNProtocols: ["http/1.1"],
    ...ca ? { ca: [...ca] } : {},
  });
  try {
    await opened(wrapped, "secureConnect", signal);
    if (!wrapped.authorized) throw wrapped.authorizationError;
    checkTls({ protocol: wrapped.getProtocol(), cipher: wrapped.getCipher()?.name ?? "" });
    return wrapped;
  } catch (error) {
    wrapped.destroy();
    socket.destroy();
    if (isOfTls(error)) {
      const { code } = error as { code?: string };
      const message = "Check the server's certificate and TLS versions";
      throw new AntiphonError("tls_refused", message, { data: { reason: code }, cause: error });
    }
    throw error;
  }
}

/** Resolves at the socket's event; destroys it when it fails or is ended before. */
function opened<T extends net.Socket>(socket: T, event: string, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => socket.destroy(signal.reason);
  const failed = (error: unknown) => reject(error ?? new Error("The connection was closed"));
  const closed = () => failed(signal.aborted ? signal.reason : undefined);
  socket.once(event, () => resolve(socket));
  socket.once("error", failed);
  socket.once("close", closed);
  signal.addEventListener("abort", abort, { once: true });
  return promise.catch((error) => {
    socket.destroy();
    throw error;
  }).finally(() => {
    signal.removeEventListener("abort", abort);
    socket.off("error", failed);
    socket.off("close", closed);
    // One that comes later, while nobody uses the socket, must not end the process.
    socket.on("error", () => {});
  });
}

function isOfTls(error: unknown): boolean {
  const { code = "" } = (error ?? {}) as { code?: unknown };
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_|INVALID_)/
    .test(String(code));
}

function unreachable(cause: unknown): AntiphonError {
  return new AntiphonError("service_unreachable", "Nobody answers there", {
    cause,
    data: { reason: (cause as { code?: unknown })?.code, sent: false },
  });
}
