/** The three sites of a cluster on Patroni, and their addresses on this machine. */
export const PATRONI_ADDRESSES = {
  "eu-central": "127.0.11.1",
  "us-east": "127.0.12.1",
  control: "127.0.13.1",
} as const;

export type PatroniPlace = keyof typeof PATRONI_ADDRESSES;
