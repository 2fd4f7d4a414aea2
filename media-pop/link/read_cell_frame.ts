import { CellFrame } from "../../protocol/pop_link/cell_frame.ts";

/** A frame, or what could be read of one that does not fit. */
export type CellFrameReading =
  | { ok: true; frame: CellFrame }
  | { ok: false; commandId: string | null };

/** Reads a text frame of a cell. Of an unfit command it still finds the id, so that it is answered. */
export function readCellFrame(data: unknown): CellFrameReading {
  let json: unknown;
  try {
    json = typeof data === "string" ? JSON.parse(data) : undefined;
  } catch {
    // Not JSON: nothing can be read of it, and the caller counts it.
    return { ok: false, commandId: null };
  }
  const frame = CellFrame.safeParse(json);
  if (frame.success) return { ok: true, frame: frame.data };
  const { type, commandId } = (json ?? {}) as { type?: unknown; commandId?: unknown };
  return {
    ok: false,
    commandId: type === "command" && typeof commandId === "string" && commandId.length <= 128
      ? commandId
      : null,
  };
}
