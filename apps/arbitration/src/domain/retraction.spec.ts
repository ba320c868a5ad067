import fc from 'fast-check';
import { aCustomer, aDecision, aFacts, DAY_MS, NOW } from '../testing/decision.factory';
import { hasComplaintHold, hasConsent } from './consent';
import type { CustomerState } from './customer-state';
import type { DecisionRecord } from './decision';
import { allowsLess, retracted, retractionOf } from './retraction';

const CHANNELS = ['*', 'app', 'remote_bank'];
const PURPOSES = ['marketing', 'service'];
const word = fc.record({
  purpose: fc.constantFrom(...PURPOSES),
  channel: fc.constantFrom(...CHANNELS),
  isGranted: fc.boolean(),
});
const ofKey = { selector: ({ purpose, channel }: { purpose: string; channel: string }) => `${purpose} ${channel}` };
const customers = fc
  .record({
    told: fc.uniqueArray(fc.tuple(word, fc.integer({ min: 0, max: 3 })), { selector: ([one]) => ofKey.selector(one) }),
    written: fc.uniqueArray(fc.tuple(word, fc.integer({ min: 2, max: 4 })), {
      selector: ([one]) => ofKey.selector(one),
    }),
    hasComplaintHold: fc.boolean(),
    hold: fc.constantFrom(null, { isOn: true, version: 3 }, { isOn: false, version: 3 }),
  })
  .map(({ told, written, hold, ...facts }): CustomerState => {
    const consents = told.map(([one, day]) => ({ ...one, changedAt: new Date(NOW.getTime() - day * DAY_MS) }));
    const writtenThrough = { consents: written.map(([one, version]) => ({ ...one, version })), hold };
    return aCustomer({ facts: aFacts({ ...facts, consents }), writtenThrough });
  });

const withdrawn = (channel: string, purpose = 'marketing') => {
  const consents = [{ purpose, channel, isGranted: false, version: 2 }];
  const granted = ['marketing', 'service'].map((each) => ({
    purpose: each,
    channel: '*',
    isGranted: true,
    changedAt: NOW,
  }));
  return aCustomer({ facts: aFacts({ consents: granted }), writtenThrough: { consents, hold: null } });
};
const held = aCustomer({
  facts: aFacts({
    hasComplaintHold: true,
    consents: ['marketing', 'service'].map((purpose) => ({ purpose, channel: '*', isGranted: true, changedAt: NOW })),
  }),
});
const aMessage = (overrides: Partial<DecisionRecord> = {}): DecisionRecord =>
  aDecision({ mode: 'push', channel: 'app', queue: '', purpose: 'marketing', ...overrides });

describe('what a customer allows', () => {
  it('is less when something may not be done any more that was allowed before, and only then', () => {
    fc.assert(
      fc.property(customers, customers, (before, after) => {
        const channels = [...CHANNELS.slice(1), 'nobody_spoke_of_it'];
        const losses = PURPOSES.flatMap((purpose) =>
          channels.filter((channel) => hasConsent(before, purpose, channel) && !hasConsent(after, purpose, channel)),
        );
        const isLess = losses.length > 0 || (hasComplaintHold(after) && !hasComplaintHold(before));
        expect(allowsLess(before, after)).toBe(isLess);
        expect(allowsLess(after, after)).toBe(false);
      }),
    );
  });
});

describe('a decision', () => {
  it.each([
    ['a complaint against promotion', held, {}, 'COMPLAINT_HOLD'],
    ['a complaint against a record of before purposes were kept', held, { purpose: undefined }, 'COMPLAINT_HOLD'],
    ['a complaint against service', held, { purpose: 'service' }, null],
    ['a withdrawal for all channels', withdrawn('*'), {}, 'CONSENT_MISSING'],
    ['a withdrawal for its channel', withdrawn('app'), {}, 'CONSENT_MISSING'],
    ['a withdrawal for another channel', withdrawn('sms'), {}, null],
    ['a withdrawal for another purpose', withdrawn('*', 'service'), {}, null],
    ['a withdrawal for service', withdrawn('*', 'service'), { purpose: 'service' }, 'CONSENT_MISSING'],
  ])('is retracted by its purpose and channel: %s', (_, customer, overrides, reason) => {
    expect(retractionOf(aMessage(overrides), customer)).toBe(reason);
  });

  it.each<[string, Partial<DecisionRecord>, boolean]>([
    ['that chose nothing', { reason: 'OUTRANKED', reservation: 'none' }, false],
    ['of a message that arrived', { reservation: 'committed', outcomes: [{ outcome: 'delivered', at: NOW }] }, false],
    ['of a message whose reservation ran out', { reservation: 'expired', expiresAt: null }, true],
    ['that was given up', { reservation: 'released' }, false],
    ['that a pull answered', { mode: 'pull' }, false],
    ['that a pull answered for a person to work', { mode: 'pull', queue: 'rb', channel: 'remote_bank' }, true],
    ['of a lead whose reservation ran out', { queue: 'rb', reservation: 'expired', expiresAt: null }, true],
    [
      'of a lead that ended',
      { queue: 'rb', reservation: 'committed', outcomes: [{ outcome: 'rejected', at: NOW }] },
      false,
    ],
    [
      'of a lead that nobody could take',
      { queue: 'rb', reservation: 'expired', outcomes: [{ outcome: 'released', at: NOW }] },
      false,
    ],
  ])('%s: it may still be retracted: %s', (_, overrides, isOpen) => {
    expect(retractionOf(aMessage(overrides), held)).toBe(isOpen ? 'COMPLAINT_HOLD' : null);
  });

  it('is retracted once', () => {
    const record = retracted(aMessage(), 'COMPLAINT_HOLD', NOW);
    expect(record).toMatchObject({ retractedReason: 'COMPLAINT_HOLD', retractedAt: NOW });
    expect(retractionOf(record, withdrawn('*'))).toBeNull();
  });
});
