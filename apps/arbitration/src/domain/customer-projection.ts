import type { CustomerFacts, CustomerState, WrittenConsent } from './customer-state';

const isSameConsent = (left: WrittenConsent, right: WrittenConsent): boolean =>
  left.purpose === right.purpose && left.channel === right.channel;

/**
 * Takes a customer's whole state in. An older or equal version changes nothing, and consents and holds that were written through with a
 * higher version stay in force over it: any order of the same changes, with repeats, ends in the same state.
 */
export function applyFacts(state: CustomerState, facts: CustomerFacts): CustomerState {
  if (state.facts !== null && state.facts.version >= facts.version) return state;
  const { consents, hold } = state.writtenThrough;
  return {
    ...state,
    facts,
    writtenThrough: {
      consents: consents.filter(({ version }) => version > facts.version),
      hold: hold !== null && hold.version > facts.version ? hold : null,
    },
  };
}

/** Writes one consent through; ignored when the projection, or a later write-through of the same consent, already covers it. */
export function applyConsent(state: CustomerState, consent: WrittenConsent): CustomerState {
  const earlier = state.writtenThrough.consents.find((written) => isSameConsent(written, consent));
  if (consent.version <= Math.max(state.facts?.version ?? 0, earlier?.version ?? 0)) return state;
  const others = state.writtenThrough.consents.filter((written) => written !== earlier);
  const consents = [...others, consent].sort(
    (left, right) => left.purpose.localeCompare(right.purpose) || left.channel.localeCompare(right.channel),
  );
  return { ...state, writtenThrough: { ...state.writtenThrough, consents } };
}

/** Writes the complaint hold through; ignored when something newer is known. */
export function applyHold(state: CustomerState, hold: { isOn: boolean; version: number }): CustomerState {
  if (hold.version <= Math.max(state.facts?.version ?? 0, state.writtenThrough.hold?.version ?? 0)) return state;
  return { ...state, writtenThrough: { ...state.writtenThrough, hold } };
}
