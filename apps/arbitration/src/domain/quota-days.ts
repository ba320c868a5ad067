import { SERVICE } from './consent';
import { localDate } from './local-time';
import type { SlotsOf } from './promise-times';
import type { Situation } from './situation';
import { isHuman, type Candidate } from './strategy';

/** The bank's days on which contacts of a candidate can take place, by the quiet hours of the bank's own zone and the slots that its queue has open. */
export function contactDaysOf({ action, treatment }: Candidate, situation: Situation, openSlots: SlotsOf): string[] {
  const { policy, now } = situation;
  const today = localDate(policy.timeZone, now);
  const place = { channel: treatment.channel, isService: action.purpose === SERVICE };
  const quiet = situation.quietOf(place, policy.timeZone);
  const soonest = typeof quiet === 'object' ? localDate(policy.timeZone, quiet.until) : today;
  const slots = isHuman(treatment) ? openSlots(treatment.queue) : [];
  if (slots.length === 0) return [soonest];
  return [...new Set(slots.map(({ day }) => (day > today ? day : soonest)))];
}
