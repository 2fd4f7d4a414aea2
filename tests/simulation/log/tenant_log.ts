import type { Message } from "../../../protocol/interaction/message.ts";
import type { CallCommand } from "../../../protocol/pop_link/call_command.ts";
import type { ConfigurationIndex } from "../../../regions/configuration/configuration_index.ts";
import type { Effect } from "../../../regions/effects/effect.ts";
import type { CommitUnit, StoredEffect } from "../../../regions/log/commit_unit.ts";
import { statusMoves } from "../../../regions/messages/status_moves.ts";
import { evolve } from "../../../regions/tenants/evolve.ts";
import { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import type { LoggedEvent } from "../../../regions/log/logged_event.ts";
import type { EncodedState } from "../../../regions/tenants/snapshot/encode_state.ts";
import { emptyTenantState } from "../../../regions/tenants/tenant_state.ts";
import type { DecisionObserver } from "../checks/decision_observer.ts";

/** A message's row, with the provider's id of an incoming one. */
export interface StoredMessage extends Message {
  providerMessageId: string | null;
  /** When the request that sends it went out, or was about to. */
  sendingAt: number | null;
}

/** What one tenant has durably: its log, the state that the log makes, and the tables beside it. */
export class TenantLog {
  readonly events: LoggedEvent[] = [];
  /** Made from the log alone, event by event, as read back from storage. */
  readonly state = emptyTenantState();
  /** Stored and not marked as delivered, in order. */
  readonly effects = new Map<string, Effect>();
  /** Effects ever stored by id, and the commands among them by theirs. */
  readonly everyEffect = new Map<string, Effect>();
  readonly commands = new Map<string, CallCommand>();
  /** Ids of commands whose events are stored, oldest first. */
  readonly carriedOut: string[] = [];
  /** Copies of the state, newest last. */
  readonly snapshots: EncodedState[] = [];
  readonly messages = new Map<string, StoredMessage>();
  readonly received = new Map<string, string>();
  /** Webhook deliveries that were taken. */
  readonly inbox = new Set<string>();

  constructor(readonly tenantId: string, readonly observer: DecisionObserver) {}

  /** Stores a unit and shows it to the observer. */
  apply(unit: CommitUnit, configuration: ConfigurationIndex, epoch: number): void {
    const { tenantId, state, observer } = this;
    const view = { tenantId, state, configuration, at: unit.at };
    for (const decided of unit.events) {
      const event = TenantEvent.parse(JSON.parse(JSON.stringify(decided)));
      observer.beforeEvent?.(view, event);
      evolve(state, event, unit.at);
      this.events.push({ at: unit.at, event });
      observer.afterEvent?.(view, event);
    }
    if (unit.commandId !== undefined) this.carriedOut.push(unit.commandId);
    this.#store(unit.effects);
    for (const message of unit.messages) {
      this.messages.set(message.id, { ...message, providerMessageId: null, sendingAt: null });
    }
    for (const event of unit.events) this.#note(event, unit.at);
    observer.afterDecision?.(view, unit, epoch);
  }

  #store(effects: readonly StoredEffect[]): void {
    for (const { id, effect } of effects) {
      const stored = JSON.parse(JSON.stringify(effect)) as Effect;
      this.effects.set(id, stored);
      this.everyEffect.set(id, stored);
      if (stored.to === "pop") this.commands.set(stored.commandId, stored.command);
    }
  }

  #note(event: TenantEvent, at: number): void {
    if (event.type === "message.received") {
      const message = this.messages.get(event.messageId)!;
      message.providerMessageId = event.providerMessageId;
      this.received.set(event.providerMessageId, event.messageId);
    }
    if (event.type === "message.sending" || event.type === "message.not-sent") {
      const message = this.messages.get(event.messageId);
      if (message) message.sendingAt = event.type === "message.sending" ? at : null;
    }
    if (event.type !== "message.status-changed") return;
    const message = this.messages.get(event.messageId);
    if (!message || !statusMoves(message, event)) return;
    message.status = event.status;
    message.failure = event.failure;
    message.providerMessageId ??= event.providerMessageId;
  }
}
