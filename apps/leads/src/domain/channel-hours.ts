import type { Lead } from './lead';

/**
 * Whether the lead's channel may be quiet for its customer by now, so that it is asked about before anybody is offered it. What the customer himself was
 * promised is called whenever he wanted it.
 */
export const isToAsk = ({ urgency, quietFrom }: Lead, now: Date): boolean =>
  urgency === 0 && quietFrom !== undefined && quietFrom <= now;

/** What is known of a channel's hours once they were asked for. */
export type Hours = { quietFrom: Date | undefined } & (
  { kind: 'open' } | { kind: 'quiet'; until: Date } | { kind: 'discarded' }
);

/** The lead with what was heard. What waits and is not known to close is asked about again then. */
export const withHours = (lead: Lead, hours: Hours): Lead => ({
  ...lead,
  quietFrom: hours.quietFrom ?? (hours.kind === 'quiet' ? hours.until : undefined),
});
