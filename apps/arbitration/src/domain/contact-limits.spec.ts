import fc from 'fast-check';
import { aContact, aLimit, aPolicy, DAY_MS, NOW } from '../testing/decision.factory';
import { ContactCounts, hasOpenHumanContact, openWindows } from './contact-limits';
import type { ContactLimit } from './contact-policy';
import type { Contact } from './customer-state';
import { localDate } from './local-time';

const ZONE = 'Asia/Shanghai';
const app = { channel: 'app', group: 'deposits', purpose: 'marketing' };
const ago = (ms: number, overrides: Partial<Contact> = {}): Contact =>
  aContact({ at: new Date(NOW.getTime() - ms), ...overrides });
const check = (limits: ContactLimit[], contacts: Contact[], candidate = app) =>
  new ContactCounts(openWindows(aPolicy({ limits }), NOW), contacts, NOW).brokenLimit(candidate);

describe('contact limits', () => {
  it('count a rolling window to the millisecond', () => {
    expect(check([aLimit({})], [ago(7 * DAY_MS - 1)])).toBe('CONTACT_LIMIT_OVERALL');
    expect(check([aLimit({})], [ago(7 * DAY_MS)])).toBeNull();
  });

  it('count calendar days in the zone of the bank', () => {
    // It is ten in the morning in Shanghai: eleven hours ago was yesterday there, and today in UTC minus some zones.
    const today = aLimit({ window: 'calendar', windowDays: 1 });
    expect(check([today], [ago(10 * 3_600_000)])).toBe('CONTACT_LIMIT_OVERALL');
    expect(check([today], [ago(10 * 3_600_000 + 1)])).toBeNull();
  });

  it('count calendar weeks from Monday and calendar months', () => {
    // The second of March is a Monday.
    const week = aLimit({ window: 'calendar_week', windowDays: 0 });
    const month = aLimit({ window: 'calendar_month', windowDays: 0 });
    const sinceMidnight = 10 * 3_600_000;
    expect([check([week], [ago(sinceMidnight)]), check([week], [ago(sinceMidnight + 1)])]).toEqual([
      'CONTACT_LIMIT_OVERALL',
      null,
    ]);
    expect(check([month], [ago(sinceMidnight + DAY_MS)])).toBe('CONTACT_LIMIT_OVERALL');
    expect(check([month], [ago(sinceMidnight + DAY_MS + 1)])).toBeNull();
    // What waits for later days counts while they are in the window.
    expect(check([week], [ago(-6 * DAY_MS)])).toBe('CONTACT_LIMIT_OVERALL');
    expect(check([week], [ago(-7 * DAY_MS)])).toBeNull();
  });

  it('hold for one channel, for each channel, and for groups', () => {
    const sms = ago(0, { channel: 'sms' });
    expect(check([aLimit({ scope: 'channel', key: 'app' })], [sms])).toBeNull();
    expect(check([aLimit({ scope: 'channel' })], [sms])).toBeNull();
    expect(check([aLimit({ scope: 'channel' })], [ago(0)])).toBe('CONTACT_LIMIT_CHANNEL');
    expect(check([aLimit({ scope: 'group', key: 'deposits' })], [sms])).toBe('CONTACT_LIMIT_GROUP');
    expect(check([aLimit({ scope: 'group' })], [ago(0, { group: '' })], { ...app, group: '' })).toBeNull();
  });

  it('forget reservations that ran out, and never those that took place', () => {
    const past = new Date(NOW.getTime() - 1);
    expect(check([aLimit({})], [ago(1000, { isCommitted: false, expiresAt: past })])).toBeNull();
    expect(check([aLimit({})], [ago(1000, { isCommitted: false, expiresAt: NOW })])).toBeNull();
    expect(check([aLimit({})], [ago(1000, { isCommitted: true, expiresAt: past })])).toBe('CONTACT_LIMIT_OVERALL');
  });

  it('are the same as counting by hand', () => {
    const contacts = fc.array(
      fc.record({ daysAgo: fc.double({ min: 0, max: 20, noNaN: true }), channel: fc.constantFrom('app', 'sms') }),
      { maxLength: 12 },
    );
    const limits = fc.record({
      scope: fc.constantFrom('overall' as const, 'channel' as const),
      maxCount: fc.integer({ min: 0, max: 6 }),
      windowDays: fc.integer({ min: 1, max: 15 }),
      window: fc.constantFrom('rolling' as const, 'calendar' as const),
    });
    fc.assert(
      fc.property(contacts, limits, (past, chosen) => {
        const list = past.map(({ daysAgo, channel }) => ago(Math.round(daysAgo * DAY_MS), { channel }));
        const days = new Set(
          Array.from({ length: chosen.windowDays }, (_, back) =>
            localDate(ZONE, new Date(NOW.getTime() - back * DAY_MS)),
          ),
        );
        const count = list.filter(({ at, channel }) => {
          if (chosen.scope === 'channel' && channel !== 'app') return false;
          const isRecent = NOW.getTime() - at.getTime() < chosen.windowDays * DAY_MS;
          return chosen.window === 'rolling' ? isRecent : days.has(localDate(ZONE, at));
        }).length;
        expect(check([aLimit(chosen)], list) !== null).toBe(count >= chosen.maxCount);
      }),
    );
  });
});

describe('the one human channel', () => {
  it('is busy while a person works on the customer', () => {
    const open = aContact({ isHuman: true, isOpen: true, isCommitted: false });
    expect(hasOpenHumanContact([open], NOW)).toBe(true);
    expect(hasOpenHumanContact([{ ...open, isOpen: false, isCommitted: true }], NOW)).toBe(false);
    expect(hasOpenHumanContact([{ ...open, isHuman: false }], NOW)).toBe(false);
    expect(hasOpenHumanContact([open], new Date(open.expiresAt))).toBe(false);
  });
});
