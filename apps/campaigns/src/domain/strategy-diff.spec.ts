import type { Rule } from '@tidegate/rules';
import { action, script, segmentsOf, treatment } from '../testing/action.factory';
import { content, momentRule, strategy } from '../testing/strategy.factory';
import type { Action, Treatment } from './action';
import type { MomentRule } from './moment-rule';
import type { Script } from './script';
import { newestOf, type StrategyContent } from './strategy';
import { diffStrategies, type DiffSide, type StrategyDifference } from './strategy-diff';
import type { EvaluationPlan, MapCell, QuotaUse } from './strategy-map';
import { scriptKey } from './strategy-parts';
import { outlineStrategy } from './strategy-snapshot';

// Goal: a reviewer sees every change of what a customer may meet. A field that is new here has to be compared, or be said not to be.

/** Who made it, or which it is: nothing that changes what happens. */
const NOT_COMPARED = Symbol('not compared');
type Changes<T> = { [K in keyof T]-?: T[K] | typeof NOT_COMPARED };

const ADULT: Rule = { field: 'attributes.age', op: 'gte', value: 18 };
const PLAN: EvaluationPlan = {
  successOutcome: 'bought',
  windowDays: 30,
  minGroupSize: 100,
  expectedLiftBasisPoints: 50,
  reviewAt: null,
};
const CALL = treatment({ channel: 'remote_bank', scriptId: 'call', queue: 'east' });
const CELL: MapCell = {
  actionId: 'deposit',
  channel: 'remote_bank',
  scriptId: 'other',
  scriptVersion: 1,
  benefitStockId: '',
};
const USE: QuotaUse = { quotaId: 'volume', actionIds: [], channels: [], amount: 1 };

interface Given {
  content?: Partial<StrategyContent>;
  action?: Partial<Action>;
  scripts?: Script[];
  segments?: Record<string, Rule>;
}

function side(given: Given = {}): DiffSide {
  const version = newestOf(strategy({ momentRules: [momentRule()], ...given.content }));
  const scripts = given.scripts ?? [
    script(),
    script({ version: 2 }),
    script({ scriptId: 'other' }),
    script({ scriptId: 'other', version: 2 }),
  ];
  const actions = [action({ treatments: [CALL], ...given.action }), action({ actionId: 'fund' })];
  const parts = {
    actions: new Map(actions.map((each) => [each.actionId, each])),
    scripts: new Map(scripts.map((each) => [each.scriptId, each])),
    segments: segmentsOf({ everybody: { all: [] }, ...given.segments }),
  };
  const outline = outlineStrategy(version, 'hq', parts);
  const texts = new Map(scripts.map((each) => [scriptKey(each.scriptId, each.version), each]));
  const spoken = Object.entries(outline.scriptVersions).flatMap(
    ([id, number]) => texts.get(scriptKey(id, number)) ?? [],
  );
  return { version, content: outline, scripts: spoken };
}

const diff = (from: Given, to: Given): StrategyDifference[] => diffStrategies(side(from), side(to));

/** Each key of the object changed alone shows, and each key has been thought of. */
function showsEveryKey<T extends object>(
  what: string,
  base: T,
  changes: Changes<T>,
  givenOf: (value: T) => Given,
): void {
  it.each(Object.keys(base) as (keyof T & string)[])(`shows a change of ${what}: %s`, (key) => {
    expect(Object.keys(changes)).toContain(key);
    const change = changes[key];
    if (change === NOT_COMPARED) return;
    expect(change).not.toEqual(base[key]);
    const found = diff(givenOf(base), givenOf({ ...base, [key]: change }));
    expect(found).not.toEqual([]);
    for (const { before, after } of found) expect(before).not.toBe(after);
  });
}

describe('the difference of two versions', () => {
  showsEveryKey<StrategyContent>(
    'the strategy',
    content(),
    {
      name: 'Other',
      segmentId: 'adults',
      actionIds: ['deposit', 'fund'],
      channels: ['app'],
      momentRules: [momentRule()],
      holdoutBasisPoints: 1,
      explorationBasisPoints: 1,
      startsAt: new Date('2026-04-01T00:00:00Z'),
      endsAt: new Date('2026-05-01T00:00:00Z'),
      quota: 7,
      scenario: { kind: 'event', name: 'outflow' },
      productId: 'term-deposit-12m',
      cells: [CELL],
      quotaUses: [USE],
      evaluationPlan: PLAN,
      templateId: NOT_COMPARED,
    },
    (changed) => ({ content: changed }),
  );
  showsEveryKey<Action>(
    'an action',
    action({ treatments: [CALL] }),
    {
      actionId: NOT_COMPARED,
      name: 'Other',
      issue: 'retention',
      group: 'funds',
      treatments: [CALL, treatment()],
      valueMinor: 1,
      currency: 'USD',
      leverPercent: 120,
      eligibility: ADULT,
      applicability: ADULT,
      suitability: ADULT,
      modelSlot: 'champion',
      purpose: 'service',
      orgPath: 'hq/east',
      version: NOT_COMPARED,
      authors: NOT_COMPARED,
    },
    (changed) => ({ action: changed }),
  );
  showsEveryKey<Treatment>(
    'a treatment',
    CALL,
    {
      channel: 'branch',
      title: 'Other',
      body: 'Other',
      scriptId: 'other',
      queue: 'west',
      benefitStockId: 'gift',
      contextWeight: 2,
    },
    (changed) => ({ action: { treatments: [changed] } }),
  );
  showsEveryKey<Script>(
    'a script',
    script(),
    {
      scriptId: NOT_COMPARED,
      version: 2,
      title: 'Other',
      opening: 'Other',
      talkingPoints: ['Other'],
      objections: [{ objection: 'No time', answer: 'Other' }],
      nextStep: 'Other',
      orgPath: 'hq/east',
      authors: NOT_COMPARED,
    },
    (changed) => ({ scripts: [changed] }),
  );
  const threshold = momentRule();
  const changedRule: Changes<MomentRule> = {
    ruleId: 'other',
    kind: 'date_relative',
    factType: 'login',
    condition: ADULT,
    dateField: 'attributes.maturityAt',
    offsetDays: 3,
    isYearly: true,
    actionIds: ['fund'],
    cooldownDays: 30,
    maxAgeSeconds: 60,
  };
  const unused = { dateField: NOT_COMPARED, offsetDays: NOT_COMPARED, isYearly: NOT_COMPARED } as const;
  const momentRules = (rule: MomentRule): Given => ({ content: { momentRules: [rule] } });
  showsEveryKey<MomentRule>('a rule on a fact', threshold, { ...changedRule, ...unused }, momentRules);
  const dated = momentRule({ kind: 'date_relative', dateField: 'birth_date', factType: '' });
  const ofDates = { ...changedRule, kind: 'threshold', factType: NOT_COMPARED } as const;
  showsEveryKey<MomentRule>('a rule on a date', dated, ofDates, momentRules);
  showsEveryKey<MapCell>(
    'a cell',
    CELL,
    { actionId: 'fund', channel: 'app', scriptId: 'call', scriptVersion: 2, benefitStockId: 'gift' },
    (changed) => ({ content: { cells: [changed] } }),
  );
  showsEveryKey<QuotaUse>(
    'the use of a quota',
    USE,
    { quotaId: 'budget', actionIds: ['deposit'], channels: ['app'], amount: 2 },
    (changed) => ({ content: { quotaUses: [changed] } }),
  );
  showsEveryKey<EvaluationPlan>(
    'the evaluation plan',
    PLAN,
    {
      successOutcome: 'agreed',
      windowDays: 60,
      minGroupSize: 200,
      expectedLiftBasisPoints: 60,
      reviewAt: new Date('2026-06-01T00:00:00Z'),
    },
    (changed) => ({ content: { evaluationPlan: changed } }),
  );

  it('tells of an audience whose rule changed under the same segment', () => {
    const found = diff(
      { segments: { everybody: ADULT } },
      { segments: { everybody: { all: [ADULT, { tag: 'vip' }] } } },
    );
    expect(found.map(({ text }) => text)).toEqual([
      'The audience changes from age is at least 18 to age is at least 18 and the customer has the tag "vip".',
    ]);
  });

  it('writes what an action is worth with the decimals of its currency', () => {
    const worth = (valueMinor: number, currency: string): Given => ({ action: { valueMinor, currency } });
    const written = diff(worth(123_450, 'CNY'), worth(123_450, 'JPY')).find(({ field }) => field.endsWith('.value'));
    expect([written?.before, written?.after]).toEqual(['1234.50 CNY', '123450 JPY']);
  });

  it('names every value of a long list, and tells rules apart that read alike', () => {
    const jobs = (...value: string[]): Given => ({
      action: { eligibility: { field: 'attributes.job', op: 'in', value } },
    });
    const [found] = diff(jobs('a', 'b', 'c', 'd', 'e', 'f'), jobs('a', 'b', 'c', 'd', 'e', 'g'));
    expect(found).toMatchObject({
      before: expect.stringContaining('or "f"'),
      after: expect.stringContaining('or "g"'),
    });
    const stage = (field: string): Given => ({ action: { eligibility: { field, op: 'eq', value: 'mature' } as Rule } });
    expect(diff(stage('stage'), stage('attributes.stage'))).toMatchObject([
      { before: expect.stringContaining('"stage"'), after: expect.stringContaining('"attributes.stage"') },
    ]);
  });

  it('says both where one quota is taken twice', () => {
    const uses = (amount: number): Given => ({
      content: {
        quotaUses: [
          { ...USE, amount },
          { ...USE, channels: ['app'] },
        ],
      },
    });
    expect(diff(uses(1), uses(2)).map(({ text }) => text)).toEqual([
      'Quota volume changes from 1 for every choice; 1 for app to 2 for every choice; 1 for app.',
    ]);
  });

  it('leaves a rule whose segment is not there as it was written', () => {
    const gone: Given = { action: { eligibility: { segment: 'gone' } } };
    expect(diff({}, gone)).toMatchObject([{ kind: 'added', after: 'the customer is in segment "gone"' }]);
  });
});
