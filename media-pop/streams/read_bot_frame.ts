import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TranscriptAuthor } from "../../protocol/pop_link/call_stream.ts";

const streamSid = z.string().max(64);
const Said = z.object({ author: TranscriptAuthor, text: z.string().min(1).max(4096) });

/** What a bot may send beside audio. */
const Rare = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("mark"),
    streamSid,
    mark: z.object({ name: z.string().min(1).max(256) }),
  }),
  z.object({ event: z.literal("clear"), streamSid }),
  z.object({ event: z.literal("transcript"), streamSid, transcript: Said }),
  z.object({
    event: z.literal("outcome"),
    streamSid,
    outcome: z.object({
      type: z.enum(["handled", "escalate"]),
      reason: z.string().max(256).optional(),
      transcript: z.array(Said).max(500).default([]),
      variables: z.record(
        z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/),
        z.string().max(4096),
      ).refine((given) => Object.keys(given).length <= 50, "at most 50 variables").default({}),
    }),
  }),
]);

/** A frame from a bot. `payload` is base64 of the stream's encoding. */
export type BotFrame =
  | { event: "media"; streamSid: string; media: { payload: string } }
  | z.infer<typeof Rare>;

/**
 * Reads a frame. Audio, which comes fifty times a second, is checked by hand, the rest by schema.
 * @throws AntiphonError `frame_invalid` with the path of what does not fit in `data`
 */
export function readBotFrame(text: string): BotFrame {
  const frame = parse(text);
  if (isMedia(frame)) return frame;
  const read = Rare.safeParse(frame);
  if (read.success) return read.data;
  throw new AntiphonError("frame_invalid", "This is no frame a bot may send", {
    data: { path: read.error.issues[0]?.path.join(".") },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AntiphonError("frame_invalid", "Frames are JSON", { cause });
  }
}

function isMedia(frame: unknown): frame is Extract<BotFrame, { event: "media" }> {
  if (typeof frame !== "object" || frame === null) return false;
  const { event, streamSid, media } = frame as Record<string, unknown>;
  return event === "media" && typeof streamSid === "string" && typeof media === "object" &&
    media !== null && typeof (media as Record<string, unknown>).payload === "string";
}
