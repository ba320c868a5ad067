import type { CustomerState } from './customer-state';

export const ANY_CHANNEL = '*';
/** Promotion; the only purpose that a complaint stops. */
export const MARKETING = 'marketing';
/** Transactional messages; no holdout, complaint or limit of promotion concerns them. */
export const SERVICE = 'service';
/** Looking at the person to choose what is offered. */
export const PROFILING = 'profiling';

/** A word about one purpose × channel; a written-through one is newer than any that the projection holds. */
interface Word {
  isGranted: boolean;
  version: number;
  changedAtMs: number;
}

/**
 * Whether the customer may be contacted for the purpose on the channel. Of the word about the channel and the one about all channels (`*`)
 * the later counts; at the same time the refusal does. No word at all is a refusal.
 * Source: PIPL (2021) art. 14 and 15: consent is explicit, and withdrawing it is as easy as giving it.
 */
export const hasConsent = (state: CustomerState, purpose: string, channel: string): boolean =>
  consentWord(state, purpose, channel) ?? false;

/**
 * Whether the customer refused to be profiled on the channel. Unlike contact, profiling needs no word of the customer, only the way out.
 * Source: PIPL (2021) art. 24: marketing by automated decision-making offers an option that is not targeted at personal characteristics.
 */
export const refusesProfiling = (state: CustomerState, channel: string): boolean =>
  consentWord(state, PROFILING, channel) === false;

/** Whether nothing personal may rank for the customer on these channels: a refusal for any of them is one for the ranking, which compares them all. */
export const isRankedNeutrally = (state: CustomerState, channels: readonly string[]): boolean =>
  channels.some((channel) => refusesProfiling(state, channel));

/** Whether the customer refused to be profiled on any channel: what looks at him ahead of decisions knows none. */
export function refusesProfilingAnywhere(state: CustomerState): boolean {
  const words = [...state.writtenThrough.consents, ...(state.facts?.consents ?? [])];
  const channels = words.filter(({ purpose }) => purpose === PROFILING).map(({ channel }) => channel);
  return isRankedNeutrally(state, channels);
}

/** The customer's last word about the purpose on the channel: true for a consent, null where he said nothing. */
export function consentWord(state: CustomerState, purpose: string, channel: string): boolean | null {
  const own = wordOf(state, purpose, channel);
  const general = wordOf(state, purpose, ANY_CHANNEL);
  if (own === null || general === null) return (own ?? general)?.isGranted ?? null;
  const order = own.version - general.version || own.changedAtMs - general.changedAtMs;
  if (order === 0) return own.isGranted && general.isGranted;
  return order > 0 ? own.isGranted : general.isGranted;
}

function wordOf(state: CustomerState, purpose: string, channel: string): Word | null {
  for (const written of state.writtenThrough.consents) {
    if (written.purpose === purpose && written.channel === channel) {
      return { isGranted: written.isGranted, version: written.version, changedAtMs: 0 };
    }
  }
  for (const told of state.facts?.consents ?? []) {
    if (told.purpose === purpose && told.channel === channel) {
      return { isGranted: told.isGranted, version: 0, changedAtMs: told.changedAt.getTime() };
    }
  }
  return null;
}

/** A complaint is open, so nothing is promoted to this customer. */
export const hasComplaintHold = (state: CustomerState): boolean =>
  state.writtenThrough.hold?.isOn ?? state.facts?.hasComplaintHold ?? false;
