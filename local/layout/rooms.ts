import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Programs of the rooms, as paths from the root. They are run, never imported. */
export interface RoomPrograms {
  controlPlane: string;
  cell: string;
  keeper: string;
  pop: string;
  edge: string;
}

export const ROOM_PROGRAMS: RoomPrograms = {
  controlPlane: "control-plane/main.ts",
  cell: "regions/main.ts",
  keeper: "regions/keeper.ts",
  pop: "media-pop/main.ts",
  edge: "edge/main.ts",
};
