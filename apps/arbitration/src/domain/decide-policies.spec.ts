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
  NOW,
} from '../testing/decision.factory';
import type { ContactPolicy } from './contact-policy';
import type { DecideInput } from './decide-input';
import { Situation } from './situation';
import { seededRandom } from './stable-hash';

const no = (): boolean => false;
const remoteBank = aTreatment({ channel: 'remote_bank', queue: 'rb' });

describe('a decision under the policies', () => {
  it('counts service messages apart from promotion', () => {
    const consents = ['marketing', 'service'].map((purpose) => ({
      purpose,
      channel: '*',
      isGranted: true,
      changedAt: NOW,
    }));
    const strategies = [
      aStrategy({
        actions: [anAction({ actionId: 'sell' }), anAction({ actionId: 'tell', group: 'alerts', purpose: 'service' })],
      }),
    ];
    const by = (limits: ContactPolicy['limits'], purpose: string): string[] => {
      const customer = aCustomer({ facts: aFacts({ consents }), contacts: [aContact({ purpose })] });
      return reasonsOf(decided({ strategies, customer, situation: aSituation(aPolicy({ limits })), maxActions: 2 }));
    };
    expect(by([aLimit()], 'marketing')).toEqual(['CONTACT_LIMIT_OVERALL', 'CHOSEN']);
    expect(by([aLimit()], 'service')).toEqual(['CHOSEN', 'CHOSEN']);
    expect(by([aLimit({ purpose: 'service' })], 'service')).toEqual(['CHOSEN', 'CONTACT_LIMIT_OVERALL']);
    // Kept before purposes were: promotion.
    const old = aCustomer({ facts: aFacts({ consents }), contacts: [{ ...aContact(), purpose: undefined }] });
    const situation = aSituation(aPolicy({ limits: [aLimit()] }));
    expect(reasonsOf(decided({ strategies, customer: old, situation }))).toEqual(['CONTACT_LIMIT_OVERALL', 'CHOSEN']);
  });

  it('asks issue and group before the action', () => {
    const yes = (): boolean => true;
    const reads = { attributes: [], tags: [], counted: [] };
    const named = { scope: 'issue' as const, key: '', version: 1, reads };
    const rules = { ...named, isEligible: yes, isApplicable: yes, isSuitable: yes, isPastKnown: null };
    const by = (levels: [string, Partial<typeof rules>][], action = anAction()): string[] => {
      const all = new Map(levels.map(([key, own]) => [key, { ...rules, ...own }]));
      const situation = new Situation(aPolicy(), NOW, all);
      return reasonsOf(decided({ strategies: [aStrategy({ actions: [action] })], situation }));
    };
    expect(by([['issue|growth', { isEligible: no }]])).toEqual(['NOT_ELIGIBLE']);
    expect(by([['group|deposits', { isSuitable: no }]])).toEqual(['NOT_SUITABLE']);
    expect(by([['group|cards', { isEligible: no }]])).toEqual(['CHOSEN']);
    // Eligibility of any level before suitability of any.
    expect(by([['issue|growth', { isSuitable: no }]], anAction({ isEligible: no }))).toEqual(['NOT_ELIGIBLE']);
    expect(by([['issue|growth', { isEligible: no }]], anAction({ issue: '' }))).toEqual(['CHOSEN']);
  });

  it('keeps machines from elders and from those who asked for people', () => {
    const bot = aTreatment({ channel: 'voice_bot' });
    const strategies = [aStrategy({ actions: [anAction({ treatments: [bot, aTreatment(), remoteBank] })] })];
    const policy = aPolicy({ elderAgeYears: 60, elderExcludedChannels: ['voice_bot'], staffedTag: 'staffed_only' });
    const of = (facts: Parameters<typeof aFacts>[0]): string[] => {
      const customer = aCustomer({ facts: aFacts(facts) });
      return reasonsOf(decided({ strategies, customer, situation: aSituation(policy), book: aBook([{}]) }));
    };
    expect(of({ birthDate: '1966-03-02' })).toEqual(['ELDER_PROTECTED', 'CHOSEN', 'OUTRANKED']);
    expect(of({ birthDate: '1966-03-03' })).toEqual(['CHOSEN', 'OUTRANKED', 'OUTRANKED']);
    expect(of({ birthDate: null })).toEqual(['CHOSEN', 'OUTRANKED', 'OUTRANKED']);
    const tag = { tag: 'staffed_only', value: '', validUntil: null };
    expect(of({ tags: [tag] })).toEqual(['STAFFED_ONLY', 'STAFFED_ONLY', 'CHOSEN']);
    expect(of({ tags: [{ ...tag, validUntil: NOW }] })[0]).toBe('CHOSEN');
  });

  it('ranks without the model for who refuses profiling, and says so', () => {
    const strategies = [
      aStrategy({
        actions: [anAction({ modelSlot: 'm' }), anAction({ actionId: 'a-2', valueMinor: 101, modelSlot: 'm' })],
      }),
    ];
    const propensityOf = jest.fn(({ action }) => (action.actionId === 'a-1' ? 0.9 : 0.1));
    const word = (isGranted: boolean, channel = '*') => ({ purpose: 'profiling', channel, isGranted, changedAt: NOW });
    const of = (words: ReturnType<typeof word>[], rest: Partial<DecideInput> = {}): [string | undefined, boolean] => {
      const facts = aFacts({ consents: [...aFacts().consents, ...words] });
      const neutralPropensityOf = (): number => 0.3;
      const output = decided({
        strategies,
        customer: aCustomer({ facts }),
        propensityOf,
        neutralPropensityOf,
        ...rest,
      });
      return [output.choices[0]?.contact.actionId, output.isNonPersonalised];
    };
    expect(of([])).toEqual(['a-1', false]);
    expect(of([word(true)])).toEqual(['a-1', false]);
    propensityOf.mockClear();
    expect(of([word(false)])).toEqual(['a-2', true]);
    expect(of([word(true), word(false, 'app')])).toEqual(['a-2', true]);
    expect(of([], { isNonPersonalised: true })).toEqual(['a-2', true]);
    expect(propensityOf).not.toHaveBeenCalled();
  });

  it('weighs channel and moment, by the weight that names most', () => {
    const contextWeights = [
      { channel: 'app', moment: '', weight: 2 },
      { channel: '', moment: 'payday', weight: 3 },
      { channel: 'app', moment: 'payday', weight: 1000 },
    ];
    const weightOf = (moment: string, channel = 'app'): number | undefined => {
      const action = anAction({ treatments: [aTreatment({ channel, contextWeight: 0.5 })] });
      const situation = aSituation(aPolicy({ contextWeights }));
      const output = decided({ strategies: [aStrategy({ actions: [action] })], situation, moment });
      return output.choices[0]?.result.priority?.contextWeight;
    };
    expect([weightOf(''), weightOf('', 'sms')]).toEqual([1, 0.5]);
    expect([weightOf('payday', 'sms'), weightOf('payday')]).toEqual([1.5, 100]);
  });

  it('explores its share, evenly over what passed of the best strategy', () => {
    const actions = [1, 2, 3, 4].map((value) => anAction({ actionId: `a-${value}`, valueMinor: value }));
    const other = aStrategy({ strategyId: 's-2', actions: [anAction({ actionId: 'b', valueMinor: 0 })] });
    const strategies = [aStrategy({ actions, explorationBasisPoints: 4_000 }), other];
    const random = seededRandom('explore');
    const counts: Record<string, number> = {};
    let explored = 0;
    for (let run = 0; run < 4_000; run += 1) {
      const [choice] = decided({ strategies, randomOf: () => random }).choices;
      if (!choice?.isExploration) {
        expect(choice?.contact.actionId).toBe('a-4');
        continue;
      }
      explored += 1;
      counts[choice.contact.actionId] = (counts[choice.contact.actionId] ?? 0) + 1;
    }
    expect(Math.abs(explored / 4_000 - 0.4)).toBeLessThan(0.03);
    expect(Object.keys(counts).sort()).toEqual(['a-1', 'a-2', 'a-3', 'a-4']);
    for (const count of Object.values(counts)) expect(Math.abs(count / explored - 0.25)).toBeLessThan(0.05);
    expect(decided({ strategies, randomOf: () => () => 0.4 }).choices[0]?.isExploration).toBe(false);
  });

  it('queues what the bank begins in quiet hours, and discards what a customer asks for', () => {
    const quietHours = [aQuietRule({ fromMinute: 600, toMinute: 660, mode: 'queue' })];
    const limits = [aLimit({ windowDays: 1, window: 'calendar' })];
    const situation = aSituation(aPolicy({ quietHours, limits }));
    expect(reasonsOf(decided({ situation }))).toEqual(['QUIET_HOURS']);
    const output = decided({ situation, canQueue: true });
    const opensAt = new Date('2026-03-02T03:00:00Z');
    expect(output.choices[0]).toMatchObject({ queuedUntil: opensAt, contact: { at: opensAt } });
    // What waits counts from now on.
    const customer = aCustomer({ contacts: output.choices.map(({ contact }) => contact) });
    const earlier = aSituation(aPolicy({ limits }), new Date('2026-03-02T01:00:00Z'));
    expect(reasonsOf(decided({ customer, situation: earlier }))).toEqual(['CONTACT_LIMIT_OVERALL']);
    const exempt = [{ ...aQuietRule({ fromMinute: 600, toMinute: 660 }), isServiceExempt: true }];
    const consents = [{ purpose: 'service', channel: '*', isGranted: true, changedAt: NOW }];
    const service = [aStrategy({ actions: [anAction({ purpose: 'service' })] })];
    const open = aSituation(aPolicy({ quietHours: exempt }));
    const facts = aFacts({ consents });
    expect(reasonsOf(decided({ strategies: service, customer: aCustomer({ facts }), situation: open }))).toEqual([
      'CHOSEN',
    ]);
    expect(reasonsOf(decided({ situation: open }))).toEqual(['QUIET_HOURS']);
  });

  it('draws control groups by the person, so that two profiles of one person agree', () => {
    const situation = aSituation(aPolicy({ globalHoldoutBasisPoints: 5_000 }));
    const groupOf = (customerId: string, personKey: string): string =>
      decided({ customer: aCustomer({ customerId, facts: aFacts({ personKey }) }), situation }).group;
    const people = Array.from({ length: 200 }, (_, index) => `person-${index}`);
    for (const person of people) expect(groupOf('old', person)).toBe(groupOf('new', person));
    expect(new Set(people.map((person) => groupOf('c', person)))).toEqual(new Set(['control', 'treated']));
    expect(groupOf('person-1', '')).toBe(groupOf('other', 'person-1'));
  });
});
