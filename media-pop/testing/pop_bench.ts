import { join } from "node:path";
import type { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import { sampleConfiguration } from "../configuration/sample_configuration.ts";
import { CellDouble } from "./cell_double.ts";
import { ControlPlaneDouble } from "./control_plane_double.ts";

/** What a PoP needs around it, on real sockets: a control plane, a cell, keys and a folder. */
export class PopBench {
  readonly controlPlane: ControlPlaneDouble;
  readonly cell: CellDouble;
  readonly folder: string;
  /** The key of the cell E39, to sign access tokens with. */
  readonly cellKey: PrivateServiceKey;

  private constructor(
    controlPlane: ControlPlaneDouble,
    cell: CellDouble,
    folder: string,
    cellKey: PrivateServiceKey,
  ) {
    this.controlPlane = controlPlane;
    this.cell = cell;
    this.folder = folder;
    this.cellKey = cellKey;
  }

  /** Sets the bench up; `change` may alter the sample configuration, whose E39 is the cell here. */
  static async open(
    change: (configuration: PopConfiguration) => PopConfiguration = (same) => same,
  ): Promise<PopBench> {
    const cell = new CellDouble();
    const folder = await Deno.makeTempDir();
    const own = await generateServiceKey("pop:FRA", "pop-fra-1");
    const cells = await generateServiceKey("cell:E39", "cell-e39-1");
    await Deno.writeTextFile(join(folder, "key.json"), JSON.stringify(own.privateKey));
    const sample = sampleConfiguration();
    const configuration = change({
      ...sample,
      keys: [own.publicKey, cells.publicKey],
      clusters: sample.clusters.map((cluster) =>
        cluster.id === "E39" ? { ...cluster, urls: [cell.url] } : cluster
      ),
    });
    const controlPlane = new ControlPlaneDouble(configuration);
    await Deno.writeTextFile(join(folder, "plane.json"), JSON.stringify(controlPlane.keys));
    return new PopBench(controlPlane, cell, folder, cells.privateKey);
  }

  /** The environment of a PoP on this bench, with ports of its own. */
  environment(): Record<string, string> {
    const first = 20_000 + 2 * Math.floor(Math.random() * 4000);
    return {
      HOSTNAME: "127.0.0.1",
      PORT: "0",
      POP_ID: "FRA",
      CONTROL_PLANE_URL: this.controlPlane.url,
      SERVICE_KEY_FILE: join(this.folder, "key.json"),
      CONTROL_PLANE_KEYS_FILE: join(this.folder, "plane.json"),
      STATE_DIR: join(this.folder, "state"),
      SIP_LISTEN: "udp:127.0.0.1:0,tcp:127.0.0.1:0",
      RTP_PORTS: `${first}-${first + 199}`,
      WEBRTC_LISTEN: "127.0.0.1:0",
      RECORDING_KEYS: `test:${"A".repeat(43)}`,
      LOG_LEVEL: "warn",
    };
  }

  async close(): Promise<void> {
    await this.cell.close();
    await this.controlPlane.close();
    await Deno.remove(this.folder, { recursive: true });
  }
}
