/** The part of a browser's WebSocket that the clients here use. */
export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: (() => void) | null;
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** Opens a socket to `url`. */
export type OpenSocket = (url: string) => SocketLike;
