/** `failed`: it did not become ready and is not tried again. */
export type ProcessState = "stopped" | "starting" | "ready" | "restarting" | "stopping" | "failed";

/** A supervised process as others see it. */
export interface ProcessStatus {
  name: string;
  state: ProcessState;
  pid: number | null;
  /** How often it was started again by the supervisor. */
  restarts: number;
  /** Epoch ms of its last change of state. */
  since: number;
}
