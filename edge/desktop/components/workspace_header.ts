import { css, html, LitElement } from "lit";
import { CONNECTION_LABELS, SOFTPHONE_LABELS, type StatusLabel } from "../format/status_labels.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import { logo } from "./logo.ts";
import { say } from "./say.ts";
import "./state_picker.ts";
import { statusBadge } from "./status_badge.ts";
import { statusBadgeStyles } from "./status_badge_styles.ts";

/** `<workspace-header>`: who is signed in, their state, and how connection and softphone stand. */
export class WorkspaceHeader extends LitElement {
  static override properties = { desktop: { attribute: false }, ringing: { type: Boolean } };
  static override styles = [
    baseStyles,
    statusBadgeStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 16px;
        min-height: 60px;
        padding: 8px 16px;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 10px;
        min-width: 0;
      }
      .brand svg {
        flex: none;
      }
      .names {
        min-width: 0;
      }
      .brand strong,
      .brand span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .brand strong {
        font-size: 15px;
        line-height: 1.25;
      }
      .brand span {
        color: var(--muted);
        font-size: 13px;
        line-height: 1.25;
      }
      state-picker {
        margin-left: auto;
      }
      .parts,
      .tools {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      .tools {
        gap: 2px;
      }
      @media (max-width: 1100px) {
        .tools .word {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .tools .button {
          width: 38px;
          padding: 0;
        }
      }
      @media (max-width: 720px) {
        :host {
          flex-wrap: wrap;
          gap: 8px;
          padding: 8px 12px;
        }
        .brand {
          flex: 1;
        }
        state-picker {
          order: 9;
          margin-left: 0;
        }
        .tools .button {
          width: 44px;
        }
        .help {
          display: none;
        }
      }
    `,
  ];
  declare desktop: DesktopState;
  /** Whether offers ring. */
  declare ringing: boolean;

  override render() {
    const { person, agent, session, clusterReachable, softphone, busy, idleCodes } = this.desktop;
    const connection: StatusLabel = session.status === "connected" && !clusterReachable
      ? { text: "Centre unreachable", tone: "warn" }
      : CONNECTION_LABELS[session.status];
    const off = connection.tone === "bad" || connection.tone === "off";
    const phone = SOFTPHONE_LABELS[softphone.status];
    return html`
      <div class="brand">
        ${logo(32)}
        <div class="names">
          <strong data-testid="agent-name">${agent?.name ?? person?.agent.name}</strong>
          <span>${person?.tenantName}</span>
        </div>
      </div>
      <state-picker .agent=${agent} .idleCodes=${idleCodes} .busy=${Boolean(
        busy.agent,
      )}></state-picker>
      <div class="parts">
        ${statusBadge({
          subject: "Connection",
          glyph: off ? "network-off" : "network",
          label: connection,
          hook: "connection",
          status: session.status,
          cluster: clusterReachable ? "reachable" : "unreachable",
        })}
        ${statusBadge({
          subject: "Softphone",
          glyph: phone.tone === "bad" ? "mic-off" : "headset",
          label: phone,
          hook: "softphone-state",
          status: softphone.status,
        })}
      </div>
      <div class="tools">
        <button
          class="button quiet icon"
          data-testid="ring"
          aria-pressed=${this.ringing}
          aria-label="Ring for offers"
          title="Ring for offers: ${this.ringing ? "on" : "off"}"
          @click=${() => this.dispatchEvent(new Event("toggle-ring"))}
        >${icon(this.ringing ? "bell" : "bell-off")}</button>
        <button
          class="button quiet icon help"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts"
          @click=${() => this.dispatchEvent(new Event("show-help"))}
        >${icon("keyboard")}</button>
        <button
          class="button quiet"
          data-testid="sign-out"
          title="Sign out"
          ?disabled=${Boolean(busy["sign-out"])}
          @click=${() => say(this, { type: "sign-out" })}
        >${icon("sign-out")}<span class="word">Sign out</span></button>
      </div>
    `;
  }
}

customElements.define("workspace-header", WorkspaceHeader);
