import { css, html, LitElement, nothing } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { clockTime } from "../format/clock_time.ts";
import { duration } from "../format/duration.ts";
import { telephoneNumber } from "../format/telephone_number.ts";
import { variableLabel } from "../format/variable_label.ts";
import { baseStyles } from "./base_styles.ts";
import { say } from "./say.ts";
import "./screen_pop_link.ts";

const timeOfDay = clockTime();

/** `<interaction-facts>`: what is known of an interaction, and what its flow collected. */
export class InteractionFacts extends LitElement {
  static override properties = {
    assignment: { attribute: false },
    busy: { type: Boolean },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 24px;
        align-content: start;
      }
      h2 {
        margin-bottom: 10px;
        font-size: 15px;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(84px, max-content) 1fr;
        gap: 8px 20px;
        font-size: 14px;
      }
      dt {
        color: var(--muted);
      }
      dd {
        overflow-wrap: anywhere;
        font-weight: 500;
      }
      form + form {
        margin-top: 12px;
      }
      label {
        display: block;
        margin-bottom: 4px;
        color: var(--muted);
        font-size: 14px;
      }
      .field {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 8px;
      }
      input {
        min-height: 38px;
        min-width: 0;
        padding: 0 10px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .none {
        color: var(--muted);
        font-size: 14px;
      }
    `,
  ];
  declare assignment: AssignmentView;
  declare busy: boolean;

  override render() {
    const { contact, contactName, queue, queuedAt, connectedAt, variables } = this.assignment;
    const { editable, screenPop } = this.assignment;
    const collected = Object.entries(variables).filter(([name]) => !editable.includes(name));
    const waited = queuedAt !== null && connectedAt !== null
      ? duration(connectedAt - queuedAt)
      : null;
    const fact = (name: string, value: string | null) =>
      value === null ? nothing : html`
        <dt>${name}</dt>
        <dd class="numeric">${value}</dd>
      `;
    return html`
      ${screenPop === null ? nothing : html`<screen-pop-link .pop=${screenPop}></screen-pop-link>`}
      <section aria-labelledby="about">
        <h2 id="about">Contact</h2>
        <dl>
          ${fact("Name", contactName)}
          ${fact("Number", telephoneNumber(contact))}
          ${fact("Queue", queue?.name ?? null)}
          ${fact("Waited", waited)}
          ${fact("Connected", connectedAt === null ? null : timeOfDay(connectedAt))}
        </dl>
      </section>
      <section aria-labelledby="collected" data-testid="variables">
        <h2 id="collected">Collected before you</h2>
        ${collected.length === 0
          ? html`<p class="none">The flow collected nothing for this contact.</p>`
          : html`<dl>${collected.map(([name, value]) => fact(variableLabel(name), value))}</dl>`}
      </section>
      ${editable.length === 0 ? nothing : html`
        <section aria-labelledby="yours">
          <h2 id="yours">Yours to change</h2>
          ${editable.map((name) => this.#field(name, variables[name] ?? ""))}
        </section>
      `}
    `;
  }

  #field(variable: string, value: string) {
    const { interactionId } = this.assignment;
    const save = (event: SubmitEvent) => {
      event.preventDefault();
      const typed = new FormData(event.target as HTMLFormElement).get("value");
      say(this, { type: "set-variable", interactionId, variable, value: String(typed ?? "") });
    };
    return html`
      <form @submit=${save}>
        <label for="field-${variable}">${variableLabel(variable)}</label>
        <div class="field">
          <input
            id="field-${variable}"
            name="value"
            data-testid="variable-${variable}"
            maxlength="4096"
            autocomplete="off"
            .value=${value}
          >
          <button class="button" ?disabled=${this.busy}>Save</button>
        </div>
      </form>
    `;
  }
}

customElements.define("interaction-facts", InteractionFacts);
