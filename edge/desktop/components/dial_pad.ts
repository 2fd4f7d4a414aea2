import { css, html, LitElement } from "lit";
import { baseStyles } from "./base_styles.ts";
import { say } from "./say.ts";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const NAMES: Record<string, string> = { "*": "star", "#": "hash" };

/** `<dial-pad>`: sends digits to the far end as tones. */
export class DialPad extends LitElement {
  static override properties = { _sent: { state: true } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      output {
        display: block;
        height: 28px;
        overflow: hidden;
        font-size: 18px;
        letter-spacing: 0.1em;
        text-align: center;
      }
      div {
        display: grid;
        grid-template-columns: repeat(3, 60px);
        justify-content: center;
        gap: 8px;
      }
      .button {
        min-height: 48px;
        padding: 0;
        font-size: 18px;
      }
    `,
  ];
  declare _sent: string;

  constructor() {
    super();
    this._sent = "";
  }

  override render() {
    return html`
      <output aria-label="Digits sent" class="numeric">${this._sent}</output>
      <div role="group" aria-label="Dial pad">
        ${KEYS.map((key) =>
          html`
            <button
              class="button"
              data-testid="digit-${NAMES[key] ?? key}"
              aria-label=${NAMES[key] ?? key}
              @click=${() => this.#press(key)}
            >${key}</button>
          `
        )}
      </div>
    `;
  }

  #press(digit: string): void {
    this._sent = (this._sent + digit).slice(-16);
    say(this, { type: "send-digit", digit });
  }
}

customElements.define("dial-pad", DialPad);
