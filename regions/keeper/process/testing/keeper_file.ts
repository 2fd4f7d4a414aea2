import { generateServiceKey } from "../../../../protocol/service_token/generate_service_key.ts";

/** A keeper's file for site eu-central, whose parts may be changed. */
export async function keeperFile() {
  const { publicKey } = await generateServiceKey("keeper:eu-central", "k1");
  const site = (site: string, n: number) => ({
    site,
    keeperUrl: `http://127.0.${n}.1:9000`,
    postgres: { host: `127.0.${n}.1`, port: 5432 },
  });
  return {
    site: "eu-central",
    listen: { hostname: "127.0.1.1", port: 9000 },
    serviceKeyFile: "/tmp/key.json",
    keys: [publicKey],
    stateDir: "/tmp/state",
    postgres: { dataFolder: "/tmp/postgres", installation: "one" },
    witnesses: ["eu-central", "us-east", "control"].map((site, index) => ({
      site,
      url: `http://127.0.${index + 1}.1:9000`,
    })),
    servers: [{
      kind: "cluster",
      name: "E39",
      home: "eu-central",
      sites: [site("eu-central", 1), site("us-east", 2)],
      superuser: { password: "super secret word" },
      replication: { password: "replication secret" },
    }],
  };
}
