import { css, html, LitElement, nothing } from "lit";
import type { DesktopController } from "../desktop_controller.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

/** Says plainly what is wrong and what to do: lost lines, a refused microphone, a failed request. */
export class AlertBar extends LitElement {
  static override properties = { controller: { attribute: false }, state: { attribute: false } };
  declare controller: DesktopController;
  declare state: DesktopState;

  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      p {
        margin-bottom: 12px;
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 10px 14px;
        border-radius: var(--radius);
        background: var(--bad-soft);
        color: var(--bad);
        font-weight: 500;
      }
      p.warn {
        background: var(--warn-soft);
        color: var(--warn);
      }
      span {
        margin-inline-end: auto;
      }
      button {
        min-height: 34px;
        background: transparent;
        border-color: currentColor;
      }
    `,
  ];

  override render() {
    const { connection, clusterReachable, softphone, notice } = this.state;
    return html`
      <div role="alert">
        ${connection === "reconnecting"
          ? bar("plug", "The connection is lost. Reconnecting; a call in progress goes on.")
          : nothing}
        ${connection === "connected" && !clusterReachable
          ? bar(
            "plug",
            "Your cluster does not answer just now. What you do is kept and tried again.",
          )
          : nothing}
        ${softphone === "microphone-refused"
          ? bar(
            "mic-off",
            "The microphone is refused. Allow it in the browser's address bar to take calls.",
            html`<button @click=${() => this.controller.retryMicrophone()}>Try again</button>`,
          )
          : nothing}
        ${softphone === "microphone-missing"
          ? bar(
            "mic-off",
            "No microphone was found. Plug in a headset to take calls.",
            html`<button @click=${() => this.controller.retryMicrophone()}>Try again</button>`,
          )
          : nothing}
        ${softphone === "lost"
          ? bar("headset", "Your phone has lost its voice connection. Reconnecting.")
          : nothing}
        ${notice
          ? bar(
            "alert",
            notice,
            html`<button @click=${() => this.controller.dismiss()}>Dismiss</button>`,
          )
          : nothing}
      </div>
    `;
  }
}

function bar(name: Parameters<typeof icon>[0], text: string, action: unknown = nothing) {
  return html`<p>${icon(name)}<span>${text}</span>${action}</p>`;
}
customElements.define("alert-bar", AlertBar);
