import type { Rule } from '@tidegate/rules';
import { action, segment, segmentsOf, treatment } from '../testing/action.factory';
import { content, momentRule, NOW } from '../testing/strategy.factory';
import type { Action } from './action';
import { throwFindings } from './finding';
import type { StrategyContent } from './strategy';
import { findStrategyFaults } from './strategy-findings';
import type { StrategyParts } from './strategy-parts';

const parts = (overrides: Partial<StrategyParts> = {}, actions: Action[] = [action()]): StrategyParts => ({
  actions: new Map(actions.map((item) => [item.actionId, item])),
  scripts: new Map([['call', { version: 3, orgPath: 'hq' }]]),
  scriptTexts: new Map(),
  segments: segmentsOf({ everybody: { all: [] } }),
  stocks: new Map(),
  quotas: new Map(),
  queues: new Map([['east', { orgPath: 'hq', channel: 'branch' }]]),
  audienceSize: null,
  wordLists: [],
  ...overrides,
});

const codes = (overrides: Partial<StrategyContent>, given = parts(), orgPath = 'hq'): string[] =>
  findStrategyFaults(content(overrides), orgPath, given, NOW).map((finding) => `${finding.field} ${finding.code}`);

const NO_LOGIN: Rule = { events: { type: 'login', windowDays: 7, count: { op: 'eq', value: 0 } } };
const withTreatment = (...treatments: Action['treatments']): StrategyParts => parts({}, [action({ treatments })]);

describe('completeness of a strategy', () => {
  it('finds nothing in a complete one', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ channels: ['app'], startsAt: NOW, endsAt: new Date('2026-06-01T00:00:00Z') })).toEqual([]);
  });

  it.each<[string, Partial<StrategyContent>, StrategyParts, string[]]>([
    ['no name', { name: ' ' }, parts(), ['strategy.name NAME_MISSING']],
    ['no action', { actionIds: [] }, parts(), ['strategy.actionIds ACTION_MISSING']],
    ['an unknown action', { actionIds: ['gone'] }, parts(), ['strategy.actionIds.0 ACTION_UNKNOWN']],
    ['an action twice', { actionIds: ['deposit', 'deposit'] }, parts(), ['strategy.actionIds.1 ACTION_TWICE']],
    ['no audience', { segmentId: '' }, parts(), ['strategy.segmentId SEGMENT_MISSING']],
    ['an unknown segment', { segmentId: 'gone' }, parts(), ['strategy.segmentId RULE_SEGMENT_UNKNOWN']],
    [
      'too large a holdout',
      { holdoutBasisPoints: 5_001 },
      parts(),
      ['strategy.holdoutBasisPoints HOLDOUT_OUT_OF_RANGE'],
    ],
    [
      'too much exploration',
      { explorationBasisPoints: -1 },
      parts(),
      ['strategy.explorationBasisPoints EXPLORATION_OUT_OF_RANGE'],
    ],
    ['a negative quota', { quota: -1 }, parts(), ['strategy.quota QUOTA_NEGATIVE']],
    [
      'dates the wrong way round and past',
      { startsAt: NOW, endsAt: new Date('2026-01-01T00:00:00Z') },
      parts(),
      ['strategy.endsAt DATES_BACKWARDS', 'strategy.endsAt END_IN_PAST'],
    ],
    ['no treatment', {}, withTreatment(), ['strategy.actionIds.0 TREATMENT_MISSING']],
    [
      'a human channel without script or queue',
      {},
      withTreatment(treatment({ channel: 'remote_bank' })),
      ['strategy.actionIds.0.treatments.0 SCRIPT_MISSING', 'strategy.actionIds.0.treatments.0 QUEUE_MISSING'],
    ],
    [
      'a script that is not there',
      {},
      withTreatment(treatment({ channel: 'branch', scriptId: 'gone', queue: 'east' })),
      ['strategy.actionIds.0.treatments.0 SCRIPT_UNKNOWN'],
    ],
    [
      'a message without words',
      {},
      withTreatment(treatment({ title: '', body: '' })),
      ['strategy.actionIds.0.treatments.0 TEXT_MISSING'],
    ],
    [
      'channels that nothing is said on',
      { channels: ['sms', 'fax'] },
      parts(),
      [
        'strategy.channels.0 CHANNEL_WITHOUT_TREATMENT',
        'strategy.channels.1 CHANNEL_UNKNOWN',
        'strategy.channels ACTION_UNREACHABLE',
      ],
    ],
    [
      'an engagement rule with an unknown segment',
      {},
      parts({}, [action({ eligibility: { segment: 'gone' } })]),
      ['strategy.actionIds.0 RULE_SEGMENT_UNKNOWN'],
    ],
  ])('finds %s', (_what, overrides, given, expected) => {
    expect(codes(overrides, given)).toEqual(expected);
  });

  it('finds values in two currencies, where both are ranked by', () => {
    const [yuan, dollar] = [action(), action({ actionId: 'dollar', currency: 'USD' })];
    const both = { actionIds: ['deposit', 'dollar'] };
    expect(codes(both, parts({}, [yuan, dollar]))).toEqual(['strategy.actionIds CURRENCIES_MIXED']);
    expect(codes(both, parts({}, [yuan, { ...dollar, valueMinor: 0 }]))).toEqual([]);
    expect(codes(both, parts({}, [yuan, { ...dollar, currency: 'CNY' }]))).toEqual([]);
  });

  it('lets an organisation use what those above it set, and nobody else’s', () => {
    const east = parts({}, [action({ orgPath: 'hq/east' })]);
    expect(codes({}, east, 'hq/east/shanghai')).toEqual([]);
    expect(codes({}, east, 'hq/eastern')).toEqual(['strategy.actionIds.0 ACTION_OUT_OF_SCOPE']);
  });

  it('lets people of one line of the organisation work it, and nobody else’s', () => {
    const treatments = [treatment({ channel: 'branch', scriptId: 'call', queue: 'desk' })];
    const of = (orgPath: string) =>
      parts({ queues: new Map([['desk', { orgPath, channel: 'branch' }]]) }, [action({ treatments })]);
    const codesOf = (owner: string): string[] => codes({}, of(owner), 'hq/east');
    expect(['hq', 'hq/east', 'hq/east/sh'].flatMap(codesOf)).toEqual([]);
    const foreign = ['strategy.actionIds.0.treatments.0 QUEUE_OUT_OF_SCOPE'];
    expect([codesOf('hq/west'), codesOf('hq/eastern')]).toEqual([foreign, foreign]);
    // The queue of a webhook is a partner's endpoint.
    const webhook = [action({ treatments: [treatment({ channel: 'webhook', queue: 'desk' })] })];
    const queues = new Map([['desk', { orgPath: 'hq/west', channel: 'branch' }]]);
    expect(codes({}, parts({ queues }, webhook), 'hq/east')).toEqual([]);
  });

  it.each(['remote_bank', 'merchant'])('finds a queue of branches that a treatment on %s names', (channel) => {
    const treatments = [treatment({ channel, scriptId: 'call', queue: 'east' })];
    const elsewhere = ['strategy.actionIds.0.treatments.0 QUEUE_OF_OTHER_CHANNEL'];
    expect(codes({}, parts({}, [action({ treatments })]))).toEqual(elsewhere);
  });

  it.each(['remote_bank', 'branch', 'merchant'])('finds a queue on %s that nobody set up', (channel) => {
    const treatments = [treatment({ channel, scriptId: 'call', queue: 'gone' })];
    const unknown = ['strategy.actionIds.0.treatments.0 QUEUE_UNKNOWN'];
    expect(codes({}, parts({}, [action({ treatments })]))).toEqual(unknown);
    const endpoint = [action({ treatments: [treatment({ channel: 'webhook', queue: 'gone' })] })];
    expect(codes({}, parts({}, endpoint))).toEqual([]);
  });

  it('lets a strategy use the segments of its organisation and of those above it, wherever it names them', () => {
    const everybody = segment();
    const of = (orgPath: string) => {
      const own = segment({ segmentId: 'own', orgPath, rule: { segment: 'everybody' } });
      const segments = new Map([everybody, own].map((each) => [each.segmentId, each]));
      return parts({ segments }, [action({ eligibility: { not: { segment: 'own' } } })]);
    };
    const momentRules = [momentRule({ condition: { segment: 'own' } })];
    const codesOf = (orgPath: string): string[] => codes({ segmentId: 'own', momentRules }, of(orgPath), 'hq/east');
    expect([codesOf('hq'), codesOf('hq/east')]).toEqual([[], []]);
    const foreign = [
      'strategy.segmentId SEGMENT_OUT_OF_SCOPE',
      'strategy.actionIds.0 SEGMENT_OUT_OF_SCOPE',
      'strategy.momentRules.0.condition SEGMENT_OUT_OF_SCOPE',
    ];
    expect([codesOf('hq/west'), codesOf('hq/east/sh')]).toEqual([foreign, foreign]);
    // What a segment names is part of it.
    const nested = segment({ segmentId: 'own', rule: { segment: 'far' } });
    const far = segment({ segmentId: 'far', orgPath: 'hq/west' });
    const segments = new Map([nested, far].map((each) => [each.segmentId, each]));
    expect(codes({ segmentId: 'own' }, parts({ segments }), 'hq/east')).toEqual([]);
  });

  it.each([
    ['a rule twice', [momentRule(), momentRule()], 'strategy.momentRules.1.ruleId MOMENT_RULE_TWICE'],
    ['no action', [momentRule({ actionIds: [] })], 'strategy.momentRules.0.actionIds MOMENT_ACTION_MISSING'],
    [
      'a foreign action',
      [momentRule({ actionIds: ['x'] })],
      'strategy.momentRules.0.actionIds.0 MOMENT_ACTION_UNKNOWN',
    ],
    ['no fact type', [momentRule({ factType: '' })], 'strategy.momentRules.0.factType FACT_TYPE_MISSING'],
    [
      'a cooldown below 0',
      [momentRule({ cooldownDays: -1 })],
      'strategy.momentRules.0.cooldownDays COOLDOWN_OUT_OF_RANGE',
    ],
    [
      'more counts of past events than can be asked at once',
      [momentRule({ condition: { any: Array.from({ length: 17 }, () => NO_LOGIN) } })],
      'strategy.momentRules.0.condition CONDITION_COUNTS_TOO_MUCH',
    ],
    [
      'a date rule without date',
      [momentRule({ kind: 'date_relative', condition: null, dateField: 'maturity' })],
      'strategy.momentRules.0.dateField DATE_FIELD_UNKNOWN',
    ],
    [
      'a date rule that reads a fact',
      [momentRule({ kind: 'date_relative', dateField: 'birth_date' })],
      'strategy.momentRules.0.condition CONDITION_READS_EVENT',
    ],
  ])('finds in moment rules %s', (_what, momentRules, expected) => {
    expect(codes({ momentRules, segmentId: '' })).toEqual([expected]);
  });

  it('names every finding as a violation', () => {
    const findings = findStrategyFaults(content({ actionIds: [], holdoutBasisPoints: 9_000 }), 'hq', parts(), NOW);
    expect(() => throwFindings(findings)).toThrow(
      expect.objectContaining({
        code: 'FAILED_PRECONDITION',
        reason: 'STRATEGY_INCOMPLETE',
        violations: [
          { field: 'strategy.holdoutBasisPoints', description: expect.stringMatching(/^HOLDOUT_OUT_OF_RANGE: /) },
          { field: 'strategy.actionIds', description: expect.stringMatching(/^ACTION_MISSING: /) },
        ],
      }),
    );
  });
});
