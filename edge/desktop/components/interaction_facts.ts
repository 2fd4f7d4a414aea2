import { css, html, LitElement, nothing } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { clockTime } from "../format/clock_time.ts";
import { duration } from "../format/duration.ts";
import { telephoneNumber } from "../format/telephone_number.ts";
import { variableLabel } from "../format/variable_label.ts";
import { baseStyles } from "./base_styles.ts";

const timeOfDay = clockTime();

/** `<interaction-facts>`: what is known of an interaction, and what its flow collected. */
export class InteractionFacts extends LitElement {
  static override properties = {
    assignment: { attribute: false },
    queuedAt: { attribute: false },
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
      .none {
        color: var(--muted);
        font-size: 14px;
      }
    `,
  ];
  declare assignment: AssignmentView;
  /** When it was queued, ms since the epoch; undefined when that is not known any more. */
  declare queuedAt: number | undefined;

  override render() {
    const { contact, contactName, queue, connectedAt, variables } = this.assignment;
    const collected = Object.entries(variables);
    const waited = this.queuedAt !== undefined && connectedAt !== null
      ? duration(connectedAt - this.queuedAt)
      : null;
    const fact = (name: string, value: string | null) =>
      value === null ? nothing : html`
        <dt>${name}</dt>
        <dd class="numeric">${value}</dd>
      `;
    return html`
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
    `;
  }
}

customElements.define("interaction-facts", InteractionFacts);
