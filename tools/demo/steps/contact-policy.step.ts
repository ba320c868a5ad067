import { OUTFLOW } from '../cast';
import { BANK_TIME_ZONE, BRANCH_UNITS_PER_DAY } from '../plan';
import type { World } from '../world';

const NIGHT = { fromMinute: 21 * 60, toMinute: 8 * 60 };
const RESERVATION_TTL_SECONDS = 7 * 24 * 3600;

/**
 * How often and when customers may be contacted. Nights are quiet for text messages only, which this story sends none of: it comes to
 * the same at any hour.
 */
export async function setContactPolicy(world: World): Promise<void> {
  const { arbitration, journal } = world;
  const { policy } = await arbitration.getContactPolicy();
  // The same request when the story was cut after it.
  const version = journal.keep('contact-policy-version', () => policy?.version ?? 0);
  const limits = [
    { scope: 'overall', maxCount: 4, windowDays: 7, window: 'rolling' },
    { scope: 'channel', key: 'app', maxCount: 2, windowDays: 1, window: 'rolling' },
    { scope: 'channel', key: 'remote_bank', maxCount: 1, windowDays: 30, window: 'rolling' },
    { scope: 'channel', key: 'branch', maxCount: 1, windowDays: 7, window: 'rolling' },
  ];
  await arbitration.putContactPolicy(
    {
      limits,
      quietHours: [{ channel: 'sms', ...NIGHT }],
      suppressions: [{ outcome: 'rejected', count: 1, withinDays: 30, pauseDays: 30, scope: 'action' }],
      timeZone: BANK_TIME_ZONE,
      reservationTtlSeconds: RESERVATION_TTL_SECONDS,
      version,
    },
    'contact-policy',
  );
  await arbitration.putCapacity(OUTFLOW.queue, 'default', BRANCH_UNITS_PER_DAY, `capacity:${OUTFLOW.queue}`);
  world.say(`  at most ${limits[0]?.maxCount} contacts in a week; branches take ${BRANCH_UNITS_PER_DAY} leads a day`);
}
