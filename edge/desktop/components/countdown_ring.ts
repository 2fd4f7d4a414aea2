import { css, html, LitElement, svg } from "lit";
import { baseStyles } from "./base_styles.ts";
import { Ticker } from "./ticker.ts";

const RADIUS = 21;
const AROUND = 2 * Math.PI * RADIUS;

/** `<countdown-ring>`: how much is left between `from` and `until`, as a ring and in seconds. */
export class CountdownRing extends LitElement {
  static override properties = {
    from: { attribute: false },
    until: { attribute: false },
    label: {},
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-grid;
        place-items: center;
        width: 48px;
        height: 48px;
        flex: none;
      }
      svg,
      span {
        grid-area: 1 / 1;
      }
      svg {
        width: 48px;
        height: 48px;
        transform: rotate(-90deg);
      }
      circle {
        fill: none;
        stroke: var(--line);
        stroke-width: 4;
      }
      .left {
        stroke: var(--ring, var(--good));
        stroke-linecap: round;
        transition: stroke-dashoffset 0.5s linear;
      }
      .left.soon {
        stroke: var(--bad);
      }
      span {
        font-weight: 700;
        font-size: 15px;
      }
    `,
  ];
  declare from: number;
  declare until: number;
  /** What ends, for screen readers. */
  declare label: string;

  constructor() {
    super();
    this.from = this.until = 0;
    this.label = "Seconds left:";
    new Ticker(this);
  }

  override render() {
    const left = Math.max(0, this.until - Date.now());
    const share = Math.min(1, left / Math.max(1, this.until - this.from));
    const seconds = Math.ceil(left / 1000);
    return html`
      <svg viewBox="0 0 48 48" aria-hidden="true">
        ${svg`
          <circle cx="24" cy="24" r=${RADIUS} />
          <circle
            class="left ${seconds <= 5 ? "soon" : ""}"
            cx="24" cy="24" r=${RADIUS}
            stroke-dasharray=${AROUND}
            stroke-dashoffset=${AROUND * (1 - share)} />
        `}
      </svg>
      <span role="timer" class="numeric"><span class="said">${this.label} </span>${seconds}</span>
    `;
  }
}

customElements.define("countdown-ring", CountdownRing);
