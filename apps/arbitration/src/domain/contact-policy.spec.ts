import { aContact, aCustomer, aPolicy, DAY_MS, NOW } from '../testing/decision.factory';
import { checkContactPolicy, DEFAULT_CONTACT_POLICY, type ContactPolicy } from './contact-policy';
import { forgetOld } from './forget';

const limit = { scope: 'overall' as const, key: '', maxCount: 1, windowDays: 90, window: 'rolling' as const };
const violationsOf = (overrides: Partial<ContactPolicy>): string[] => {
  try {
    checkContactPolicy({ ...DEFAULT_CONTACT_POLICY, ...overrides });
  } catch (error) {
    return (error as { violations: { field: string }[] }).violations.map(({ field }) => field);
  }
  return [];
};

describe('the contact policy', () => {
  it('of the platform is valid', () => {
    expect(violationsOf({})).toEqual([]);
  });

  it('names each fault', () => {
    expect(violationsOf({ limits: [limit, limit] })).toEqual(['policy.limits[1]']);
    expect(violationsOf({ limits: [{ ...limit, key: 'app', windowDays: 0 }] })).toEqual([
      'policy.limits[0].windowDays',
      'policy.limits[0].key',
    ]);
    expect(violationsOf({ timeZone: 'Mars/Base' })).toEqual(['policy.timeZone']);
    const quiet = { channel: 'sms', fromMinute: -1, toMinute: 1441, isQuietOnHolidays: false };
    expect(violationsOf({ quietHours: [quiet] })).toHaveLength(2);
  });
});

describe('forgetting', () => {
  const policy = aPolicy({ limits: [limit] });
  const ago = (days: number, overrides = {}) =>
    aContact({ at: new Date(NOW.getTime() - days * DAY_MS), decisionId: `d-${days}`, ...overrides });

  it('keeps what a window can still see, and every promise', () => {
    const promise = ago(200, { isCommitted: false });
    const expired = ago(1, { isCommitted: false, expiresAt: NOW });
    const state = aCustomer({ contacts: [ago(89), ago(92), promise, expired] });
    expect(forgetOld(state, policy, NOW).contacts.map(({ decisionId }) => decisionId)).toEqual(['d-89', 'd-200']);
  });

  it('keeps a document small', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ago(index / 100));
    const { contacts } = forgetOld(aCustomer({ contacts: many }), policy, NOW);
    expect(contacts).toHaveLength(400);
    expect(contacts.at(-1)?.decisionId).toBe('d-0');
  });
});
