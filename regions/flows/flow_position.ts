/** Where one running flow instance stands. */
export interface FlowPosition {
  flowId: string;
  /** Content hash of the document it began with; a running instance stays on that version. */
  version: string;
  /** The activity it waits in, null once the flow is over. */
  activityId: string | null;
  /** Grows with every activity entered; names the command that the activity sent. */
  step: number;
  variables: Record<string, string>;
  /** The activity must have ended by then (epoch ms). */
  deadline: number | null;
  /** An offer broke into the treatment: it goes on with this activity if the offer fails. */
  interrupted: boolean;
}
