import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { endCauseLabel } from "../format/end_cause_label.ts";
import { baseStyles } from "./base_styles.ts";
import "./countdown_ring.ts";
import { say } from "./say.ts";

/** `<wrap-up-panel>`: what the interaction was about, before its time is up. */
export class WrapUpPanel extends LitElement {
  static override properties = {
    assignment: { attribute: false },
    codes: { attribute: false },
    busy: { type: Boolean },
    _code: { state: true },
    _missing: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: 520px;
      }
      form {
        padding: 22px;
        border: 1px solid var(--line);
        border-radius: 16px;
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      .top {
        display: flex;
        align-items: center;
        gap: 14px;
        margin-bottom: 16px;
      }
      .top > div {
        flex: 1;
      }
      h2 {
        font-size: 18px;
        letter-spacing: -0.01em;
      }
      .top p {
        color: var(--muted);
        font-size: 14px;
      }
      countdown-ring {
        --ring: var(--warn);
      }
      fieldset {
        margin: 0 0 16px;
        padding: 0;
        border: 0;
      }
      .codes {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
        gap: 8px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 44px;
        padding: 8px 12px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        font-weight: 500;
        cursor: pointer;
      }
      label:hover {
        background: var(--hover);
      }
      label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      input {
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--accent);
      }
      .missing {
        margin-bottom: 12px;
        color: var(--bad-text);
        font-size: 14px;
      }
      .button {
        width: 100%;
      }
    `,
  ];
  declare assignment: AssignmentView;
  declare codes: { id: string; name: string }[];
  declare busy: boolean;
  declare _code: string | null;
  declare _missing: boolean;
  #startedAt = Date.now();

  constructor() {
    super();
    this.codes = [];
    this.busy = false;
    this._code = null;
    this._missing = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("assignment") as AssignmentView | undefined;
    if (!before || before.interactionId === this.assignment.interactionId) return;
    this._code = null;
    this._missing = false;
    this.#startedAt = Date.now();
  }

  override render() {
    const { wrapUpUntil, endCause } = this.assignment;
    return html`
      <form data-testid="wrap-up" aria-labelledby="title" @submit=${this.#submit} novalidate>
        <div class="top">
          <div>
            <h2 id="title">Wrap-up</h2>
            <p>${endCauseLabel(endCause)}. What was it about?</p>
          </div>
          ${wrapUpUntil === null ? nothing : html`
            <countdown-ring
              .from=${this.#startedAt}
              .until=${wrapUpUntil}
              label="Seconds until wrap-up ends by itself:"
            ></countdown-ring>
          `}
        </div>
        <fieldset aria-describedby=${this._missing ? "missing" : nothing}>
          <legend class="said">Wrap-up code</legend>
          <div class="codes">${this.codes.map((code) => this.#choice(code))}</div>
        </fieldset>
        <div role="alert">
          ${this._missing
            ? html`<p class="missing" id="missing">Choose a wrap-up code first.</p>`
            : nothing}
        </div>
        <button class="button primary" data-testid="wrap-up-submit" ?disabled=${this.busy}>
          ${this.busy ? "Completing…" : "Complete"}
        </button>
      </form>
    `;
  }

  #choice({ id, name }: { id: string; name: string }) {
    return html`
      <label>
        <input
          type="radio"
          name="code"
          value=${id}
          data-testid="wrap-up-code-${id}"
          .checked=${this._code === id}
          @change=${() => {
            this._code = id;
            this._missing = false;
          }}
        />
        <span>${name}</span>
      </label>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.busy) return;
    if (this._code === null) {
      this._missing = true;
      this.renderRoot.querySelector<HTMLInputElement>("input")?.focus();
      return;
    }
    const { interactionId } = this.assignment;
    say(this, { type: "wrap-up", interactionId, code: this._code });
  }
}

customElements.define("wrap-up-panel", WrapUpPanel);
