import type { DatagramAddress } from "../rtp/datagram_socket.ts";

interface Entry<T> {
  hostname: string;
  value: T;
}

/** Values by UDP address. Lookup allocates nothing: O(addresses that share a port). */
export class AddressTable<T> {
  readonly #byPort = new Map<number, Entry<T>[]>();

  get({ hostname, port }: DatagramAddress): T | undefined {
    const entries = this.#byPort.get(port);
    if (!entries) return undefined;
    for (let i = 0; i < entries.length; i++) {
      if (entries[i].hostname === hostname) return entries[i].value;
    }
    return undefined;
  }

  set({ hostname, port }: DatagramAddress, value: T): void {
    const entries = this.#byPort.get(port);
    const entry = entries?.find((e) => e.hostname === hostname);
    if (entry) entry.value = value;
    else if (entries) entries.push({ hostname, value });
    else this.#byPort.set(port, [{ hostname, value }]);
  }

  delete({ hostname, port }: DatagramAddress): void {
    const rest = this.#byPort.get(port)?.filter((e) => e.hostname !== hostname) ?? [];
    if (rest.length > 0) this.#byPort.set(port, rest);
    else this.#byPort.delete(port);
  }
}
