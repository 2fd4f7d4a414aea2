import { css, html, LitElement } from "lit";
import { baseStyles } from "./base_styles.ts";

const KEYS = [
  ["Alt A", "Accept the offer"],
  ["Alt R", "Decline the offer"],
  ["Alt M", "Mute or unmute"],
  ["Alt H", "Hang up, or end the conversation"],
  ["Alt ↑", "Interaction before"],
  ["Alt ↓", "Interaction after"],
  ["Enter", "Send the reply"],
  ["Shift Enter", "New line in the reply"],
];

/** `<shortcut-help>`: the keyboard shortcuts, in a dialog. */
export class ShortcutHelp extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dialog {
        width: min(420px, calc(100vw - 32px));
        padding: 24px;
        border: 1px solid var(--line);
        border-radius: 16px;
        background: var(--surface);
        color: var(--text);
        box-shadow: var(--shadow-large);
      }
      dialog::backdrop {
        background: rgb(10 14 20 / 0.45);
      }
      h2 {
        margin-bottom: 16px;
        font-size: 18px;
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 10px 20px;
        margin-bottom: 20px;
      }
      kbd {
        display: inline-block;
        min-width: 26px;
        padding: 1px 7px;
        border: 1px solid var(--line-strong);
        border-radius: 6px;
        background: var(--chip);
        font: inherit;
        font-size: 13px;
        font-weight: 600;
        text-align: center;
      }
      .button {
        width: 100%;
      }
    `,
  ];

  /** Shows the dialog. */
  open(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  override render() {
    return html`
      <dialog aria-labelledby="title">
        <h2 id="title">Keyboard shortcuts</h2>
        <dl>${KEYS.map(([keys, does]) =>
          html`
            <dt>${keys?.split(" ").map((key) =>
              html`
                <kbd>${key}</kbd>
              `
            )}</dt>
            <dd>${does}</dd>
          `
        )}</dl>
        <form method="dialog"><button class="button">Close</button></form>
      </dialog>
    `;
  }
}

customElements.define("shortcut-help", ShortcutHelp);
