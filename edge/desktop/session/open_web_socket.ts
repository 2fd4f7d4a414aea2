import type { SocketLike } from "./socket_like.ts";

/** Opens a browser's WebSocket behind the small face the clients use. */
export function openWebSocket(url: string): SocketLike {
  const socket = new WebSocket(url);
  const face: SocketLike = {
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    get readyState() {
      return socket.readyState;
    },
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
  };
  socket.onopen = () => face.onopen?.();
  socket.onmessage = (event) => face.onmessage?.({ data: event.data });
  socket.onclose = (event) => face.onclose?.({ code: event.code, reason: event.reason });
  socket.onerror = () => face.onerror?.();
  return face;
}
