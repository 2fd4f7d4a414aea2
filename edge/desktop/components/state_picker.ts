import { css, html, LitElement, nothing } from "lit";
import type { AgentView } from "../../../protocol/agent_session/agent_view.ts";
import { agentStateLabel } from "../format/agent_state_label.ts";
import { baseStyles } from "./base_styles.ts";
import "./live_timer.ts";
import { say } from "./say.ts";

/** `<state-picker>`: the agent's state, for how long, and the ways to change it. */
export class StatePicker extends LitElement {
  static override properties = {
    agent: { attribute: false },
    idleCodes: { attribute: false },
    busy: { type: Boolean },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .now {
        display: flex;
        align-items: center;
        gap: 8px;
        font-weight: 600;
        white-space: nowrap;
      }
      .label {
        white-space: nowrap;
      }
      .dot {
        display: inline-block;
        margin-right: 4px;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--idle);
      }
      [data-state="available"] .dot {
        background: var(--good);
      }
      [data-state="rona"] .dot {
        background: var(--bad);
      }
      live-timer {
        color: var(--muted);
        font-weight: 500;
      }
      .choice {
        display: flex;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .choice button,
      .choice select {
        min-height: 34px;
        padding: 0 12px;
        border: 0;
        border-radius: calc(var(--radius) - 1px);
        background: transparent;
        font-size: 14px;
        font-weight: 600;
        cursor: pointer;
      }
      .choice > * + * {
        border-left: 1px solid var(--line);
      }
      .choice button:hover,
      .choice select:hover {
        background: var(--hover);
      }
      .choice [aria-pressed="true"] {
        background: var(--good-soft);
        color: var(--good-text);
      }
      .choice .idle[aria-pressed="true"] {
        background: var(--idle-soft);
        color: var(--text);
      }
      .choice select {
        width: 104px;
        font-weight: 500;
        color: var(--muted);
      }
      .choice select option {
        background: var(--surface);
        color: var(--text);
      }
      :disabled {
        opacity: 0.6;
        cursor: default;
      }
      @media (max-width: 720px) {
        :host {
          width: 100%;
          justify-content: space-between;
          gap: 8px;
        }
        .choice button,
        .choice select {
          min-height: 44px;
          padding: 0 10px;
        }
        .choice select {
          width: 100px;
          padding: 0 4px 0 8px;
        }
        .now {
          white-space: normal;
          flex-wrap: wrap;
          column-gap: 8px;
          font-size: 14px;
          line-height: 1.25;
        }
      }
    `,
  ];
  declare agent: AgentView | null;
  declare idleCodes: { id: string; name: string }[];
  declare busy: boolean;

  constructor() {
    super();
    this.agent = null;
    this.idleCodes = [];
    this.busy = false;
  }

  override render() {
    const { agent } = this;
    if (!agent) return nothing;
    const idle = agent.state === "idle";
    return html`
      <div class="now" data-testid="agent-state" data-state=${agent.state}>
        <span class="label">
          <span class="dot"></span> ${agentStateLabel(agent, this.idleCodes)}
        </span>
        <live-timer .from=${agent.since} label="for"></live-timer>
      </div>
      <div class="choice" role="group" aria-label="Your state">
        <button
          data-testid="state-available"
          aria-pressed=${agent.state === "available"}
          ?disabled=${this.busy}
          @click=${() => say(this, { type: "go-available" })}
        >Available</button>
        <button
          class="idle"
          data-testid="state-idle"
          aria-pressed=${idle}
          ?disabled=${this.busy}
          @click=${() => say(this, { type: "go-idle", idleCode: null })}
        >Idle</button>
        ${this.idleCodes.length > 0 ? this.#reasons(idle ? agent.idleCode : null) : nothing}
      </div>
    `;
  }

  #reasons(chosen: string | null) {
    return html`
      <select
        data-testid="idle-code"
        aria-label="Go idle with a reason"
        ?disabled=${this.busy}
        .value=${chosen ?? ""}
        @change=${this.#choose}
      >
            <option value="" ?selected=${chosen === null}>Reason…</option>
            ${this.idleCodes.map(({ id, name }) =>
              html`<option value=${id} ?selected=${id === chosen}>${name}</option>`
            )}
          </select>
    `;
  }

  #choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    say(this, { type: "go-idle", idleCode: value === "" ? null : value });
  }
}

customElements.define("state-picker", StatePicker);
