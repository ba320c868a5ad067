import { aContact, aCustomer, aLimit, aPolicy, aQuietRule, DAY_MS, NOW } from '../testing/decision.factory';
import { checkContactPolicy } from './check-contact-policy';
import { CHANNELS } from './channel';
import { completePolicy, DEFAULT_CONTACT_POLICY, withDefaults, type ContactPolicy } from './contact-policy';
import { forgetOld } from './forget';
import { OUTCOMES } from './outcome';

const limit = aLimit({ windowDays: 90 });
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
    const quiet = aQuietRule({ fromMinute: -1, toMinute: 1441 });
    expect(violationsOf({ quietHours: [quiet] })).toHaveLength(2);
    expect(violationsOf({ limits: [limit, { ...limit, purpose: 'service' }] })).toEqual([]);
    const week = aLimit({ window: 'calendar_week', windowDays: 0 });
    expect(violationsOf({ limits: [week, { ...week, windowDays: 7 }] })).toEqual(['policy.limits[1].windowDays']);
    const weight = { channel: 'app', moment: 'm', weight: 2 };
    expect(violationsOf({ contextWeights: [weight, { ...weight, weight: 3 }] })).toEqual(['policy.contextWeights[1]']);
    expect(violationsOf({ contextWeights: [{ channel: '', moment: '', weight: Number.NaN }] })).toEqual([
      'policy.contextWeights[0].weight',
      'policy.contextWeights[0]',
    ]);
    expect(violationsOf({ elderAgeYears: 131, decisionRetentionDays: 7 })).toEqual([
      'policy.elderAgeYears',
      'policy.decisionRetentionDays',
    ]);
  });

  it('takes no name that nothing would ever go by', () => {
    expect(violationsOf({ limits: [aLimit({ scope: 'channel', key: 'fax' })] })).toEqual(['policy.limits[0].key']);
    expect(violationsOf({ limits: [aLimit({ scope: 'group', key: 'fax' })] })).toEqual([]);
    expect(violationsOf({ quietHours: [aQuietRule({ channel: 'fax' })] })).toEqual(['policy.quietHours[0].channel']);
    expect(violationsOf({ elderExcludedChannels: ['voice_bot', 'fax'] })).toEqual(['policy.elderExcludedChannels[1]']);
    expect(violationsOf({ contextWeights: [{ channel: 'fax', moment: '', weight: 1 }] })).toEqual([
      'policy.contextWeights[0].channel',
    ]);
    const refusal = { outcome: 'refused', count: 1, withinDays: 1, pauseDays: 1, scope: 'action' } as const;
    // What was released is kept by nobody, so nothing can follow from it.
    for (const outcome of ['refused', 'released']) {
      expect(violationsOf({ suppressions: [{ ...refusal, outcome }] })).toEqual(['policy.suppressions[0].outcome']);
    }
    for (const outcome of OUTCOMES.filter((one) => one !== 'released')) {
      expect(violationsOf({ suppressions: [{ ...refusal, outcome }] })).toEqual([]);
    }
    for (const channel of CHANNELS) expect(violationsOf({ quietHours: [aQuietRule({ channel })] })).toEqual([]);
  });

  it('reserves for a minute to ninety days, or as long as the platform’s own when it does not say', () => {
    for (const reservationTtlSeconds of [0, 60, 7_776_000]) expect(violationsOf({ reservationTtlSeconds })).toEqual([]);
    for (const reservationTtlSeconds of [-1, 59, 7_776_001, 60.5]) {
      expect(violationsOf({ reservationTtlSeconds })).toEqual(['policy.reservationTtlSeconds']);
    }
    expect(withDefaults({ ...DEFAULT_CONTACT_POLICY, reservationTtlSeconds: 0 })).toEqual(DEFAULT_CONTACT_POLICY);
    const hour = { ...DEFAULT_CONTACT_POLICY, reservationTtlSeconds: 3_600 };
    expect(withDefaults(hour)).toEqual(hour);
  });

  it('does not say what it was put too early to say', () => {
    const { limits: _limits, elderAgeYears: _age, staffedTag: _tag, ...early } = DEFAULT_CONTACT_POLICY;
    const old = { scope: 'overall', key: '', maxCount: 1, windowDays: 7, window: 'rolling' };
    const complete = completePolicy({ ...early, limits: [old] } as unknown as ContactPolicy);
    expect(complete).toMatchObject({ elderAgeYears: 0, staffedTag: '', limits: [{ ...old, purpose: '' }] });
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

  it('never drops promotion for the sake of many service messages', () => {
    const service = Array.from({ length: 600 }, (_, index) => ago(index / 100, { purpose: 'service' }));
    const { contacts } = forgetOld(aCustomer({ contacts: [ago(80), ...service] }), policy, NOW);
    expect(contacts.filter(({ purpose }) => purpose !== 'service')).toHaveLength(1);
    expect(contacts).toHaveLength(401);
  });

  it('keeps a document small', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ago(index / 100));
    const { contacts } = forgetOld(aCustomer({ contacts: many }), policy, NOW);
    expect(contacts).toHaveLength(400);
    expect(contacts.at(-1)?.decisionId).toBe('d-0');
  });
});
