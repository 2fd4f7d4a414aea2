import { html, LitElement } from "lit";
import { duration } from "../format/duration.ts";
import { spokenDuration } from "../format/spoken_duration.ts";
import { Ticker } from "./ticker.ts";

/** `<live-timer>`: counts up from `from` or down to `until`, both ms since the epoch, as plain text. */
export class LiveTimer extends LitElement {
  static override properties = {
    from: { attribute: false },
    until: { attribute: false },
    label: {},
  };
  declare from: number | null;
  declare until: number | null;
  /** What is counted, for screen readers. */
  declare label: string;

  constructor() {
    super();
    this.from = this.until = null;
    this.label = "";
    new Ticker(this);
  }

  /** Renders as its own children, so that its text counts as its owner's. */
  protected override createRenderRoot(): LiveTimer {
    return this;
  }

  override render() {
    const now = Date.now();
    const ms = this.until !== null
      ? Math.ceil((this.until - now) / 1000) * 1000
      : this.from !== null
      ? now - this.from
      : 0;
    const spoken = `${this.label} ${spokenDuration(ms)}`.trim();
    return html`<span role="timer" class="numeric" aria-label=${spoken}>${duration(ms)}</span>`;
  }
}

customElements.define("live-timer", LiveTimer);
