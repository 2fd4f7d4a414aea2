import { css, html, LitElement } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { DesktopController } from "../desktop_controller.ts";
import { contactLabel } from "../format/contact_label.ts";
import { duration } from "../format/duration.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { controls } from "../styles/controls.ts";

const CAUSES: Record<string, string> = {
  "agent-hung-up": "You ended it.",
  "caller-hung-up": "The caller hung up.",
  "contact-idle": "Nobody wrote for a long time.",
  "media-timeout": "The caller's audio stopped.",
};

/** After the conversation: how did it end? One code, then the agent is free again. */
export class WrapUpPanel extends LitElement {
  static override properties = {
    controller: { attribute: false },
    assignment: { attribute: false },
    codes: { attribute: false },
    now: { attribute: false },
  };
  declare controller: DesktopController;
  declare assignment: AssignmentView;
  declare codes: DesktopState["wrapUpCodes"];
  declare now: number;

  static override styles = [
    controls,
    css`
      form {
        display: grid;
        gap: 20px;
        padding: 28px;
        max-width: 640px;
      }
      h1 {
        font-size: 22px;
      }
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 10px;
      }
      legend {
        font-weight: 600;
        padding: 0 0 8px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 12px 14px;
        border-radius: var(--radius);
        border: 1px solid var(--line);
        cursor: pointer;
        font-weight: 500;
      }
      label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      label:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      input {
        width: 18px;
        height: 18px;
        min-height: 0;
        accent-color: var(--accent);
        outline: none;
      }
      button {
        justify-self: start;
        min-height: 46px;
      }
    `,
  ];

  override render() {
    const { assignment, codes } = this;
    const cause = CAUSES[assignment.endCause ?? ""] ?? "";
    return html`
      <form data-testid="wrap-up" @submit=${this.#submit}>
        <div>
          <h1>Wrap up ${assignment.contactName ?? contactLabel(assignment.contact)}</h1>
          <p class="muted">${cause} Ends by itself in <span class="numbers">${duration(
            (assignment.wrapUpUntil ?? this.now) - this.now,
          )}</span>.</p>
        </div>
        <fieldset>
          <legend>What came of it?</legend>
          ${codes.map((code) =>
            html`<label data-testid=${`wrap-up-code-${code.id}`}>
              <input type="radio" name="code" value=${code.id} required>${code.name}
            </label>`
          )}
        </fieldset>
        <button class="primary" data-testid="wrap-up-submit">Done</button>
      </form>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get("code") ?? "");
    const { interactionId } = this.assignment;
    if (code) this.controller.ask({ type: "interaction.wrap-up", interactionId, code });
  }
}
customElements.define("wrap-up-panel", WrapUpPanel);
