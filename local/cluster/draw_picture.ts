import { bytesInWords } from "./bytes_in_words.ts";
import type { ClusterPicture, SitePicture } from "./cluster_picture.ts";
import { lagInWords } from "./lag_in_words.ts";

const WIDTH = 22;
const GAP = 18;

/** Draws a cluster's sites and what flows between them in characters, the home first. */
export function drawPicture(picture: ClusterPicture): string {
  const boxes = picture.sites.map(box);
  const height = Math.max(...boxes.map((lines) => lines.length));
  const wires = wire(picture);
  const rows = Array.from({ length: height }, (_, row) => {
    const cells = boxes.map((lines) => lines[row] ?? " ".repeat(WIDTH));
    return `  ${cells.join(wires[row] ?? " ".repeat(GAP))}`.trimEnd();
  });
  const { health, summary } = picture;
  const mark = { redundant: "●", degraded: "◐", moving: "○", down: "✕" }[health];
  const notes = picture.sites.flatMap(({ site, problem }) =>
    problem ? [`  ${site}: ${problem}`] : []
  );
  return [`${mark} ${summary}.`, "", ...rows, ...notes.length > 0 ? ["", ...notes] : []].join("\n");
}

function box(site: SitePicture): string[] {
  const lines = [
    `${site.active ? "●" : "○"} ${site.site}`,
    site.active ? `active, ${site.role}` : site.role,
    ...site.epoch === null ? [] : [`epoch ${site.epoch}`],
    ...site.leaseMs === null ? [] : [`lease ${(site.leaseMs / 1000).toFixed(1)} s`],
    ...site.freeBytes === null ? [] : [`${bytesInWords(site.freeBytes)} free`],
  ];
  const inner = WIDTH - 4;
  return [
    `┌${"─".repeat(WIDTH - 2)}┐`,
    ...lines.map((line) => `│ ${line.slice(0, inner).padEnd(inner)} │`),
    `└${"─".repeat(WIDTH - 2)}┘`,
  ];
}

/** The arrow between two boxes, from the active site to its standby, with words above and below. */
function wire({ sites, active, replication, degraded }: ClusterPicture): (string | undefined)[] {
  if (!active || !replication || sites.length !== 2) return [];
  const flows = replication.state === "streaming" || replication.state === "catching-up";
  const line = (flows ? "─" : "╌").repeat(GAP - 5);
  const arrow = sites[0].active ? `  ${line}► ` : `  ◄${line} `;
  const words = replication.sync && degraded === null ? "in sync" : replication.state;
  return [
    undefined,
    center(words),
    arrow.padEnd(GAP),
    flows ? center(lagInWords(replication)) : undefined,
  ];
}

function center(text: string): string {
  const left = Math.max(0, Math.floor((GAP - text.length) / 2));
  return `${" ".repeat(left)}${text}`.padEnd(GAP).slice(0, GAP);
}
