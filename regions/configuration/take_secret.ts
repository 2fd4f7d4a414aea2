import {
  type Entity,
  ENTITY_KINDS,
  type EntityKindFacts,
  type ListedKind,
} from "../../protocol/configuration/entity_kinds.ts";

/** An entity as it is shown, and what of it is write-only. */
export interface TakenSecret<E> {
  /** The same object if nothing was to be taken. */
  open: E;
  /** Undefined when it was left out. */
  secret: string | undefined;
}

/** Takes out of an entity what may be written and is never shown. */
export function takeSecret<E extends Entity>(kind: ListedKind, entity: E): TakenSecret<E> {
  const { secretField }: EntityKindFacts = ENTITY_KINDS[kind];
  if (secretField === undefined) return { open: entity, secret: undefined };
  if (kind === "global-variables") {
    if (entity.sensitive !== true || entity.value === "") {
      return { open: entity, secret: undefined };
    }
    return { open: { ...entity, value: "" }, secret: entity.value as string };
  }
  const [outer, inner] = secretField.split(".");
  const holder = (inner === undefined ? entity : entity[outer]) as Entity;
  const field = inner ?? outer;
  if (!Object.hasOwn(holder, field)) return { open: entity, secret: undefined };
  const { [field]: secret, ...rest } = holder;
  const open = inner === undefined ? rest : { ...entity, [outer]: rest };
  return { open: open as E, secret: secret as string | undefined };
}
