/** Why a request is not served: the status and reason phrase of its answer. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}
