import fc from 'fast-check';
import { decided, reasonsOf } from '../testing/decided';
import {
  aBook,
  aContact,
  aCustomer,
  aFacts,
  aLimit,
  anAction,
  aPolicy,
  aQuietRule,
  aSituation,
  aStrategy,
  aTreatment,
  DAY_MS,
  NOW,
} from '../testing/decision.factory';
import type { ContactPolicy } from './contact-policy';
import type { CustomerState } from './customer-state';
import type { DecideOutput } from './decide';
import { furthestStop, type Stop } from './reason';

import { Situation } from './situation';
import { pullCandidatesOf, type Strategy } from './strategy';

const no = (): boolean => false;
const remoteBank = aTreatment({ channel: 'remote_bank', queue: 'rb', benefitStockId: 'packet' });

interface Fault {
  strategy?: Partial<Strategy>;
  action?: Parameters<typeof anAction>[0];
  customer?: Partial<CustomerState>;
  policy?: Partial<ContactPolicy>;
  units?: number;
  chosen?: number;
  isBenefitGone?: boolean;
}

/** Each fault alone stops the candidate with its own reason; a fault does not undo those after it. */
const FAULTS: [Stop, Fault][] = [
  ['STRATEGY_NOT_ACTIVE', { strategy: { state: 'paused' } }],
  ['NOT_IN_AUDIENCE', { strategy: { isInAudience: no } }],
  ['NOT_ELIGIBLE', { action: { isEligible: no } }],
  ['NOT_APPLICABLE', { action: { isApplicable: no } }],
  ['NOT_SUITABLE', { action: { isSuitable: no } }],
  ['CONSENT_MISSING', { customer: { facts: aFacts({ consents: [] }) } }],
  ['COMPLAINT_HOLD', { customer: { writtenThrough: { consents: [], hold: { isOn: true, version: 2 } } } }],
  ['HOLDOUT_GLOBAL', { policy: { globalHoldoutBasisPoints: 10_000 } }],
  ['HOLDOUT_STRATEGY', { strategy: { holdoutBasisPoints: 10_000 } }],
  [
    'SUPPRESSED',
    {
      policy: { suppressions: [{ outcome: 'rejected', count: 1, withinDays: 1, pauseDays: 9, scope: 'action' }] },
      customer: { outcomes: [{ outcome: 'rejected', actionId: 'a-1', group: 'deposits', at: NOW }] },
    },
  ],
  ['QUIET_HOURS', { policy: { quietHours: [aQuietRule({ channel: 'remote_bank', toMinute: 1440 })] } }],
  ['BENEFIT_EXHAUSTED', { isBenefitGone: true }],
  ['CONTACT_LIMIT_OVERALL', { policy: { limits: [aLimit({ maxCount: 0 })] } }],
  ['HUMAN_CHANNEL_BUSY', { customer: { contacts: [aContact({ isHuman: true, isOpen: true, isCommitted: false })] } }],
  ['CAPACITY_EXHAUSTED', { units: 0 }],
  ['QUOTA_EXHAUSTED', { chosen: 5 }],
];

const withFaults = (faults: readonly Fault[]): DecideOutput => {
  const merged = faults.reduce<Required<Fault>>(
    (all, fault) => ({
      strategy: { ...all.strategy, ...fault.strategy },
      action: { ...all.action, ...fault.action },
      customer: { ...all.customer, ...fault.customer },
      policy: { ...all.policy, ...fault.policy },
      units: fault.units ?? all.units,
      chosen: fault.chosen ?? all.chosen,
      isBenefitGone: fault.isBenefitGone ?? all.isBenefitGone,
    }),
    { strategy: {}, action: {}, customer: {}, policy: {}, units: 1, chosen: 0, isBenefitGone: false },
  );
  const action = anAction({ treatments: [remoteBank], ...merged.action });
  return decided({
    strategies: [aStrategy({ quota: 5, actions: [action], ...merged.strategy })],
    customer: aCustomer(merged.customer),
    situation: new Situation(aPolicy(merged.policy), NOW, undefined, () => !merged.isBenefitGone),
    book: aBook([{ units: merged.units }], { 's-1': merged.chosen }),
  });
};

describe('decide', () => {
  it('chooses what nothing stops', () => {
    const output = withFaults([]);
    expect(reasonsOf(output)).toEqual(['CHOSEN']);
    expect(output.group).toBe('treated');
    expect(output.choices[0]?.contact).toMatchObject({
      decisionId: 'd-1',
      isHuman: true,
      isOpen: true,
      isCommitted: false,
    });
  });

  it.each(FAULTS)('stops at %s', (reason, fault) => {
    const output = withFaults([fault]);
    expect(reasonsOf(output)).toEqual([reason]);
    expect(output.choices).toEqual([]);
  });

  it('names the first rule of the funnel that stops a candidate', () => {
    fc.assert(
      fc.property(fc.subarray(FAULTS, { minLength: 1 }), (faults) => {
        expect(reasonsOf(withFaults(faults.map(([, fault]) => fault)))).toEqual([faults[0]?.[0]]);
      }),
    );
  });

  it('puts a customer whom only a holdout kept back into the control group', () => {
    expect(decided({ strategies: [aStrategy({ holdoutBasisPoints: 10_000 })] }).group).toBe('control');
    const other = aStrategy({ strategyId: 's-2' });
    expect(decided({ strategies: [aStrategy({ holdoutBasisPoints: 10_000 }), other] }).group).toBe('treated');
    expect(decided({ strategies: [aStrategy({ state: 'paused' })] }).group).toBe('none');
  });

  it('lets service messages pass the complaint hold and the holdouts', () => {
    const service = aStrategy({ holdoutBasisPoints: 10_000, actions: [anAction({ purpose: 'service' })] });
    const consents = [{ purpose: 'service', channel: '*', isGranted: true, changedAt: NOW }];
    const customer = aCustomer({ facts: aFacts({ consents, hasComplaintHold: true }) });
    const situation = aSituation(aPolicy({ globalHoldoutBasisPoints: 2000 }));
    expect(reasonsOf(decided({ strategies: [service], customer, situation }))).toEqual(['CHOSEN']);
  });

  it('ranks by P × C × V × L', () => {
    const action = (actionId: string, valueMinor: number, leverPercent: number, contextWeight: number) =>
      anAction({ actionId, modelSlot: 'm', valueMinor, leverPercent, treatments: [aTreatment({ contextWeight })] });
    const actions = [
      action('a', 100, 100, 1),
      action('b', 300, 100, 1),
      action('c', 300, 50, 1),
      action('d', 100, 100, 4),
    ];
    const output = decided({
      strategies: [aStrategy({ actions })],
      propensityOf: ({ action: { actionId } }) => (actionId === 'd' ? 0.4 : 0.5),
      maxActions: 10,
    });
    expect(output.choices.map(({ contact }) => contact.actionId)).toEqual(['d', 'b', 'c', 'a']);
    expect(output.choices[0]?.result.priority).toEqual({
      propensity: 0.4,
      contextWeight: 4,
      value: 100,
      lever: 1,
      score: 160,
    });
  });

  it('keeps the order of equals and outranks the rest', () => {
    const strategies = ['s-1', 's-2', 's-3'].map((strategyId) => aStrategy({ strategyId }));
    expect(reasonsOf(decided({ strategies }))).toEqual(['CHOSEN', 'OUTRANKED', 'OUTRANKED']);
  });

  it('lets the next choice see the one before it', () => {
    const limits = [aLimit({ scope: 'channel', key: 'app', windowDays: 1 })];
    const actions = [
      anAction({
        actionId: 'a',
        valueMinor: 9,
        treatments: [aTreatment(), aTreatment({ channel: 'branch', queue: 'rb' })],
      }),
      anAction({ actionId: 'b', valueMinor: 8 }),
      anAction({ actionId: 'c', valueMinor: 7, treatments: [remoteBank] }),
      anAction({ actionId: 'd', valueMinor: 6, treatments: [remoteBank] }),
    ];
    const output = decided({
      strategies: [aStrategy({ actions })],
      situation: aSituation(aPolicy({ limits })),
      book: aBook([{ units: 5 }]),
      maxActions: 4,
    });
    expect(reasonsOf(output)).toEqual(['CHOSEN', 'OUTRANKED', 'CONTACT_LIMIT_CHANNEL', 'CHOSEN', 'HUMAN_CHANNEL_BUSY']);
  });

  it('uses the zone of the customer, when one is known, for quiet hours', () => {
    const quietHours = [aQuietRule({ fromMinute: 600, toMinute: 660 })];
    const situation = aSituation(aPolicy({ quietHours }));
    expect(reasonsOf(decided({ situation }))).toEqual(['QUIET_HOURS']);
    const inPrague = aCustomer({ facts: aFacts({ attributes: { timeZone: 'Europe/Prague' } }) });
    expect(reasonsOf(decided({ situation, customer: inPrague }))).toEqual(['CHOSEN']);
    const nowhere = aCustomer({ facts: aFacts({ attributes: { timeZone: 'Nowhere/None' } }) });
    expect(reasonsOf(decided({ situation, customer: nowhere }))).toEqual(['QUIET_HOURS']);
  });

  it('never breaks a limit, the capacity or the quota over any run of decisions', () => {
    const step = fc.record({ person: fc.nat(2), hours: fc.nat(40), maxActions: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.nat(6),
        fc.integer({ min: 1, max: 4 }),
        (steps, units, maxCount) => {
          const policy = aPolicy({
            limits: [aLimit({ maxCount, windowDays: 2 })],
            reservationTtlSeconds: 365 * 24 * 3600,
          });
          const book = aBook([{ units }], { 's-2': 0 });
          const strategies = [
            aStrategy({ actions: [anAction({ treatments: [remoteBank, aTreatment()] })] }),
            aStrategy({ strategyId: 's-2', quota: 4, actions: [anAction({ actionId: 'a-2', group: 'cards' })] }),
          ];
          const people = [0, 1, 2].map((index) => aCustomer({ customerId: `c-${index}` }));
          let now = NOW;
          for (const { person, hours, maxActions } of steps) {
            now = new Date(now.getTime() + hours * 3_600_000);
            const customer = people[person] ?? aCustomer();
            const output = decided({ customer, strategies, book, maxActions, situation: aSituation(policy, now) });
            expect(output.results).toHaveLength(3);
            people[person] = {
              ...customer,
              contacts: [...customer.contacts, ...output.choices.map(({ contact }) => contact)],
            };
          }
          for (const { contacts } of people) {
            for (const { at } of contacts) {
              const within = contacts.filter(
                (other) => other.at <= at && at.getTime() - other.at.getTime() < 2 * DAY_MS,
              );
              expect(within.length).toBeLessThanOrEqual(maxCount);
            }
            expect(contacts.filter(({ isHuman }) => isHuman).length).toBeLessThanOrEqual(1);
          }
          const all = people.flatMap(({ contacts }) => contacts);
          expect(all.filter(({ isHuman }) => isHuman).length).toBe(book.capacity.capacityOf('rb')?.reserved);
          expect(book.capacity.capacityOf('rb')?.reserved).toBeLessThanOrEqual(units);
          expect(all.filter(({ strategyId }) => strategyId === 's-2').length).toBe(book.chosenCountOf('s-2'));
          expect(book.chosenCountOf('s-2')).toBeLessThanOrEqual(4);
        },
      ),
    );
  });
});

describe('candidates', () => {
  it('of a pull leave out actions that wait for their moment', () => {
    const actions = [anAction(), anAction({ actionId: 'a-2' })];
    const strategy = aStrategy({ actions, momentActionIds: new Set(['a-2']) });
    const ids = pullCandidatesOf(strategy, new Set(['app', 'sms'])).map(({ action }) => action.actionId);
    expect(ids).toEqual(['a-1']);
    expect(pullCandidatesOf(strategy, new Set(['sms']))).toEqual([]);
  });
});

describe('the reason of a decision without choice', () => {
  it('is of the candidate that came furthest', () => {
    expect(furthestStop(['NOT_ELIGIBLE', 'QUIET_HOURS', 'CONSENT_MISSING'])).toBe('QUIET_HOURS');
    expect(furthestStop([])).toBe('STRATEGY_NOT_ACTIVE');
  });
});
