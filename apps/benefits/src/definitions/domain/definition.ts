import { DomainError, refused } from '@tidegate/errors';

export type DefinitionState = 'draft' | 'active' | 'retired';
export type DefinitionMove = 'approve' | 'retire';
export const DEFINITION_MOVES: readonly DefinitionMove[] = ['approve', 'retire'];

/** What every rule, programme, offer, plan and mission has beside its terms. */
export interface Definition {
  definitionId: string;
  name: string;
  orgPath: string;
  validFrom: Date;
  /** Exclusive. */
  validTo: Date;
  state: DefinitionState;
  makerId: string;
  /** Who approved it; empty for a draft. */
  checkerId: string;
  createdAt: Date;
}

/** A definition with its terms; these never change. */
export interface Defined<T> {
  definition: Definition;
  terms: T;
}

/** How late transactions and other activities may be told: rules, plans and missions that are over count them so long. */
export const TOLD_LATE_MS = 93 * 24 * 3600 * 1000;

/** So many of one kind may be in force or yet to come: the hot paths look through all of them. */
export const DEFINITIONS_IN_FORCE_MAX = 500;

const MOVES: Record<DefinitionMove, { from: readonly DefinitionState[]; to: DefinitionState }> = {
  approve: { from: ['draft'], to: 'active' },
  retire: { from: ['draft', 'active'], to: 'retired' },
};

/**
 * Moves a definition: nobody approves what he made.
 * @throws DEFINITION_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER
 */
export function moveDefinition(definition: Definition, move: DefinitionMove, actorId: string): Definition {
  const { from, to } = MOVES[move];
  if (!from.includes(definition.state)) {
    throw refused('DEFINITION_MOVE_NOT_ALLOWED', `What is ${definition.state} cannot be moved so.`, { move });
  }
  if (move === 'approve' && actorId === definition.makerId) {
    throw refused('APPROVER_IS_MAKER', 'Somebody else than its maker must approve it.');
  }
  return { ...definition, state: to, ...(move === 'approve' && { checkerId: actorId }) };
}

/**
 * Whether one more may be approved.
 * @throws DEFINITIONS_TOO_MANY
 */
export function requireRoom(inForceCount: number): void {
  if (inForceCount < DEFINITIONS_IN_FORCE_MAX) return;
  const message = `There are ${DEFINITIONS_IN_FORCE_MAX} of this kind in force or yet to come; retire one first.`;
  throw refused('DEFINITIONS_TOO_MANY', message);
}

/** Whether a definition holds at a time. */
export const holdsAt = ({ state, validFrom, validTo }: Definition, at: Date): boolean =>
  state === 'active' && validFrom <= at && at < validTo;

/** As a customer sees it: not who at the bank made it. */
export const withoutStaff = <T>({ definition, terms }: Defined<T>): Defined<T> => ({
  definition: { ...definition, makerId: '', checkerId: '' },
  terms,
});

export const definitionExists = (): DomainError =>
  new DomainError({ code: 'ALREADY_EXISTS', reason: 'DEFINITION_EXISTS', message: 'This id is taken.' });
