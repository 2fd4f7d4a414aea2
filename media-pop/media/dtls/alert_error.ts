import type { ALERTS } from "./alerts.ts";

/** Ends a handshake with a fatal alert. `message` is for our log, the peer only gets the alert. */
export class AlertError extends Error {
  readonly alert: keyof typeof ALERTS;

  constructor(alert: keyof typeof ALERTS, message: string) {
    super(message);
    this.alert = alert;
  }
}
