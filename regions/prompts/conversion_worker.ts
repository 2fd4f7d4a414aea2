import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { convertAudio } from "./convert_audio.ts";

/** What the worker answers with. */
export type ConversionAnswer =
  | { codes: Uint8Array<ArrayBuffer> }
  | { code: "audio_unreadable" | "audio_too_long"; message: string };

/** The part of a worker's own scope that is used. */
interface WorkerScope {
  onmessage: (event: MessageEvent<Uint8Array>) => void;
  postMessage(answer: ConversionAnswer, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
  convertAudio(data).then(
    (codes) => scope.postMessage({ codes }, [codes.buffer]),
    (error) => {
      const known = error instanceof AntiphonError ? error : undefined;
      const code = known?.code === "audio_too_long" ? known.code : "audio_unreadable";
      scope.postMessage({ code, message: known?.message ?? "The file cannot be read" });
    },
  );
};
