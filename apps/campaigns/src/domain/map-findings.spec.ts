import { action, script, segmentsOf, treatment } from '../testing/action.factory';
import { content, momentRule, NOW } from '../testing/strategy.factory';
import type { Action } from './action';
import { BUILT_IN_WORD_LISTS } from './copy/built-in-word-lists';
import type { StrategyContent } from './strategy';
import { findStrategyFaults } from './strategy-findings';
import { findStrategyHints } from './strategy-hints';
import { compileStrategy } from './strategy-snapshot';
import { newestOf, draftStrategy } from './strategy';
import type { StockFacts, StrategyParts } from './strategy-parts';

const END = new Date('2026-06-01T00:00:00Z');
const stock = (overrides: Partial<StockFacts> = {}): StockFacts => ({
  orgPath: 'hq',
  isOpen: true,
  claimEndsAt: null,
  leftCount: 10,
  ...overrides,
});
const call = treatment({ channel: 'remote_bank', scriptId: 'call', queue: 'rb' });

const parts = (overrides: Partial<StrategyParts> = {}, actions: Action[] = [action()]): StrategyParts => ({
  actions: new Map(actions.map((item) => [item.actionId, item])),
  scripts: new Map([
    ['call', { version: 3, orgPath: 'hq' }],
    ['other', { version: 1, orgPath: 'hq' }],
  ]),
  scriptTexts: new Map(),
  segments: segmentsOf({
    everybody: { all: [] },
    active: { events: { type: 'login', windowDays: 30, count: { op: 'gte', value: 1 } } },
  }),
  stocks: new Map([['packet', stock()]]),
  quotas: new Map([['budget', { orgPath: 'hq', limitAmount: 100, freeAmount: 40, period: 'total' }]]),
  queues: new Map([
    ['rb', { orgPath: 'hq', channel: 'remote_bank' }],
    ['desk', { orgPath: 'hq', channel: 'branch' }],
    ['q', { orgPath: 'hq', channel: 'merchant' }],
  ]),
  audienceSize: 12,
  wordLists: BUILT_IN_WORD_LISTS,
  ...overrides,
});
const withTreatments = (...treatments: Action['treatments']): StrategyParts => parts({}, [action({ treatments })]);

const codes = (overrides: Partial<StrategyContent>, given = parts()): string[] =>
  findStrategyFaults(content(overrides), 'hq', given, NOW).map((finding) => `${finding.field} ${finding.code}`);

describe('a strategy map', () => {
  it('is whole', () => {
    const whole = {
      endsAt: END,
      cells: [{ actionId: 'deposit', channel: 'app', scriptId: '', scriptVersion: 0, benefitStockId: 'packet' }],
      quotaUses: [{ quotaId: 'budget', actionIds: ['deposit'], channels: ['app'], amount: 5 }],
      evaluationPlan: {
        successOutcome: 'converted',
        windowDays: 30,
        minGroupSize: 100,
        expectedLiftBasisPoints: 50,
        reviewAt: END,
      },
    };
    expect(codes(whole)).toEqual([]);
  });

  it.each<[string, Partial<StockFacts> | undefined, Date | null, string[]]>([
    ['is unknown', undefined, END, ['BENEFIT_UNKNOWN']],
    ['ends first', { claimEndsAt: new Date('2026-05-31T23:59:59Z') }, END, ['BENEFIT_ENDS_BEFORE_STRATEGY']],
    ['ends with it', { claimEndsAt: END }, END, []],
    ['ends at all, when the strategy does not', { claimEndsAt: END }, null, ['BENEFIT_ENDS_BEFORE_STRATEGY']],
    ['is closed and sold out', { isOpen: false, leftCount: 0 }, END, ['BENEFIT_CLOSED', 'BENEFIT_SOLD_OUT']],
    ['is foreign', { orgPath: 'hq/west' }, END, ['BENEFIT_OUT_OF_SCOPE']],
  ])('finds a benefit that %s', (_what, facts, endsAt, expected) => {
    const stocks = new Map(facts === undefined ? [] : [['packet', stock(facts)]]);
    const given = parts({ stocks }, [action({ treatments: [treatment({ benefitStockId: 'packet' })] })]);
    expect(codes({ endsAt }, given)).toEqual(expected.map((code) => `strategy.actionIds.0.treatments.0 ${code}`));
  });

  it('finds a segment that selects nobody, unless moments pick the customers', () => {
    const empty = parts({ audienceSize: 0 });
    expect(codes({}, empty)).toEqual(['strategy.segmentId SEGMENT_EMPTY']);
    expect(codes({ momentRules: [momentRule()] }, empty)).toEqual([]);
    const hints = findStrategyHints(content({ momentRules: [momentRule()] }), empty, []);
    expect(hints.map(({ code }) => code)).toContain('SEGMENT_EMPTY_NOW');
  });

  it('says which rules wait until past events are counted, through segments too', () => {
    const given = parts({}, [action({ applicability: { not: { segment: 'active' } } })]);
    expect(codes({}, given)).toEqual([]);
    const hints = findStrategyHints(content({ segmentId: 'active' }), given, []).map(
      ({ field, code }) => `${field} ${code}`,
    );
    expect(hints).toContain('strategy.segmentId AUDIENCE_COUNTS_EVENTS');
    expect(hints).toContain('strategy.actionIds.0 RULE_COUNTS_EVENTS');
  });

  it('says when the audience cannot fill the groups of the evaluation plan', () => {
    const evaluationPlan = {
      successOutcome: 'converted',
      windowDays: 14,
      minGroupSize: 6,
      expectedLiftBasisPoints: 100,
      reviewAt: null,
    };
    const hintsOf = (holdoutBasisPoints: number, minGroupSize = 6): string[] =>
      findStrategyHints(
        content({ evaluationPlan: { ...evaluationPlan, minGroupSize }, holdoutBasisPoints }),
        parts(),
        [],
      )
        .map(({ code }) => code)
        .filter((code) => code.startsWith('EVALUATION'));
    // Of twelve customers.
    expect(hintsOf(5_000)).toEqual([]);
    expect(hintsOf(5_000, 7)).toEqual(['EVALUATION_GROUP_TOO_SMALL']);
    expect(hintsOf(4_000)).toEqual(['EVALUATION_GROUP_TOO_SMALL']);
    expect(hintsOf(0)).toEqual(['EVALUATION_WITHOUT_CONTROL']);
  });

  it('says which live strategy ranks by another currency', () => {
    const rival = (currencies: string[]) => [{ strategyId: 'other', orgPath: 'hq', currencies }];
    const hintsBeside = (currencies: string[], given = parts()) =>
      findStrategyHints(content({}), given, rival(currencies)).filter(({ code }) => code === 'CURRENCIES_DIFFER');
    expect(hintsBeside(['USD'])).toEqual([expect.objectContaining({ field: 'strategy.actionIds' })]);
    expect(hintsBeside(['CNY'])).toEqual([]);
    expect(hintsBeside([])).toEqual([]);
    expect(hintsBeside(['USD'], parts({}, [action({ valueMinor: 0 })]))).toEqual([]);
  });

  it('lets a machine speak with a script, without a queue of people', () => {
    const bot = (overrides: object) => withTreatments(treatment({ channel: 'voice_bot', body: '', ...overrides }));
    const at = 'strategy.actionIds.0.treatments.0';
    expect(codes({}, bot({}))).toEqual([`${at} SCRIPT_MISSING`]);
    expect(codes({}, bot({ scriptId: 'call', queue: 'rb' }))).toEqual([`${at} QUEUE_WITHOUT_PEOPLE`]);
    expect(codes({}, bot({ scriptId: 'call' }))).toEqual([]);
  });

  it('lets only people and partners be named as a queue', () => {
    const named = (channel: string) => codes({}, withTreatments(treatment({ channel, queue: 'q', scriptId: '' })));
    const idle = ['strategy.actionIds.0.treatments.0 QUEUE_WITHOUT_PEOPLE'];
    expect([named('app'), named('sms'), named('wecom')]).toEqual([idle, idle, idle]);
    expect([named('merchant'), named('webhook')]).toEqual([[], []]);
  });

  it('finds cells that bind nothing, twice, or two versions', () => {
    const cell = {
      actionId: 'deposit',
      channel: 'remote_bank',
      scriptId: 'call',
      scriptVersion: 2,
      benefitStockId: '',
    };
    const branch = { ...call, channel: 'branch', queue: 'desk' };
    const given = withTreatments(call, branch);
    expect(codes({ cells: [cell, { ...cell, channel: 'branch', scriptVersion: 2 }] }, given)).toEqual([]);
    expect(codes({ cells: [cell, cell] }, given)).toEqual(['strategy.cells.1 CELL_TWICE']);
    expect(codes({ cells: [{ ...cell, channel: 'sms' }] }, given)).toEqual(['strategy.cells.0 CELL_WITHOUT_TREATMENT']);
    expect(codes({ cells: [{ ...cell, actionId: 'x' }] }, given)).toEqual(['strategy.cells.0 CELL_ACTION_UNKNOWN']);
    expect(codes({ cells: [{ ...cell, scriptVersion: 4 }] }, given)).toEqual([
      'strategy.cells.0 SCRIPT_VERSION_UNKNOWN',
    ]);
    expect(codes({ cells: [cell, { ...cell, channel: 'branch', scriptVersion: 1 }] }, given)).toEqual([
      'strategy.cells.1 SCRIPT_VERSIONS_DIFFER',
    ]);
    expect(codes({ cells: [{ ...cell, scriptId: '' }] }, given)).toEqual([
      'strategy.cells.0 CELL_VERSION_WITHOUT_SCRIPT',
    ]);
  });

  it('finds quotas that there are not, or that can never be taken', () => {
    const use = { quotaId: 'budget', actionIds: [], channels: [], amount: 10 };
    expect(codes({ quotaUses: [use] })).toEqual([]);
    const budget = { orgPath: 'hq/west', limitAmount: 100, freeAmount: 40, period: 'total' };
    const foreign = parts({ quotas: new Map([['budget', budget]]) });
    expect(codes({ quotaUses: [use] }, foreign)).toEqual(['strategy.quotaUses.0.quotaId QUOTA_OUT_OF_SCOPE']);
    expect(codes({ quotaUses: [{ ...use, amount: 41 }] })).toEqual(['strategy.quotaUses.0.quotaId QUOTA_EXHAUSTED']);
    expect(codes({ quotaUses: [{ ...use, amount: 101 }] })).toEqual(['strategy.quotaUses.0.quotaId QUOTA_TOO_SMALL']);
    expect(codes({ quotaUses: [{ ...use, quotaId: 'x', actionIds: ['y'], channels: ['z'], amount: 0 }] })).toEqual([
      'strategy.quotaUses.0.amount QUOTA_AMOUNT_OUT_OF_RANGE',
      'strategy.quotaUses.0.actionIds QUOTA_ACTION_UNKNOWN',
      'strategy.quotaUses.0.channels CHANNEL_UNKNOWN',
      'strategy.quotaUses.0.quotaId QUOTA_UNKNOWN',
    ]);
  });

  it('finds forbidden promises in messages and scripts', () => {
    const promised = withTreatments(treatment({ body: '保本保息' }));
    expect(codes({}, promised)).toEqual(['strategy.actionIds.0.treatments.0.body COPY_FORBIDDEN_PROMISE']);
    const scriptTexts = new Map([['call@3', script({ version: 3, talkingPoints: ['这只基金稳赚不赔'] })]]);
    const spoken = parts({ scriptTexts }, [action({ treatments: [call] })]);
    expect(codes({}, spoken)).toEqual([
      'strategy.actionIds.0.scripts.call.talkingPoints.0 COPY_FORBIDDEN_PROMISE',
      'strategy.actionIds.0.scripts.call.talkingPoints.0 COPY_RISK_WORDS_MISSING',
    ]);
  });
});

it('compiles what its cells bind', () => {
  const cells = [
    { actionId: 'deposit', channel: 'remote_bank', scriptId: 'call', scriptVersion: 2, benefitStockId: 'packet' },
  ];
  const given = withTreatments({ ...call, scriptId: 'other' });
  const strategy = draftStrategy({ strategyId: 's', orgPath: 'hq' }, content({ cells }), { actorId: 'm', now: NOW });
  const compiled = compileStrategy(newestOf(strategy), given);
  expect(compiled.scriptVersions).toEqual({ call: 2 });
  expect(compiled.actions[0]?.treatments[0]).toMatchObject({ scriptId: 'call', benefitStockId: 'packet', queue: 'rb' });
});
