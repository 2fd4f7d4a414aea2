import type { LabNetwork } from "../regions/lab_network.ts";
import { ADDRESS } from "../regions/site.ts";
import type { PatroniPlace } from "./patroni_place.ts";

/** Where the sites of a cluster on Patroni are. */
export interface StandNetwork {
  hosts: Readonly<Record<PatroniPlace, string>>;
  /** All of them, as CIDR. */
  range: string;
  /** Put before a command that is to run at a site. */
  prefix: (place: PatroniPlace) => readonly string[];
  /** Cuts a site off from everybody, and joins it again; absent where that cannot be done. */
  cut?: (place: PatroniPlace) => Promise<void>;
  join?: (place: PatroniPlace) => Promise<void>;
}

/** Three addresses of this machine. */
export const LOOPBACK: StandNetwork = {
  hosts: { "eu-central": "127.0.11.1", "us-east": "127.0.12.1", control: "127.0.13.1" },
  range: "127.0.0.0/8",
  prefix: () => [],
};

/** The lab's three sites, 80 ms apart. */
export function labStand(network: LabNetwork): StandNetwork {
  return {
    hosts: ADDRESS,
    range: "10.91.0.0/16",
    prefix: (place) => network.prefix(place),
    cut: (place) => network.isolate(place),
    join: (place) => network.rejoin(place),
  };
}
