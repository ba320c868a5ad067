import { addDays, compilePredicate, dateKeysOf, utcDayOf, type RuleEvent } from '@tidegate/rules';
import { NOW, snapshot } from '../../testing/strategy.factory';
import { compileDateRule, dateKeysOn, firesOn, targetDayOf } from '../date-moment';
import { compileThresholdRule, type Fact } from '../threshold-moment';
import { draftTemplate } from './draft-template';
import { TEMPLATES, templateOf } from './templates';

// Goal: the moments of a template fire on what it says, offer the action that it says, and are silent on what is nearly that.

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const TODAY = utcDayOf(NOW);

const drafted = (templateId: string) =>
  draftTemplate(templateOf(templateId), {
    strategyId: 's',
    name: '',
    orgPath: 'hq',
    queue: 'rb',
    benefitStockId: 'gift',
    currency: 'CNY',
    startsAt: null,
    endsAt: null,
  });
const ruleOf = (templateId: string, ruleId: string) => {
  const rule = drafted(templateId).content.momentRules.find((each) => each.ruleId === ruleId);
  if (rule === undefined) throw new Error(`${templateId} has no rule ${ruleId}`);
  return rule;
};
/** Channels of the actions that a rule makes candidates. */
const channelsOf = (templateId: string, ruleId: string): string[] => {
  const { actionIds } = ruleOf(templateId, ruleId);
  return drafted(templateId)
    .actions.filter(({ actionId }) => actionIds.includes(actionId))
    .flatMap(({ treatments }) => treatments.map(({ channel }) => channel));
};

function firesOnDate(templateId: string, ruleId: string, attributes: Record<string, string>, birth?: string): boolean {
  const rule = ruleOf(templateId, ruleId);
  const date = compileDateRule(snapshot([rule]), rule, 480);
  const birthDate = birth === undefined ? null : new Date(`${birth}T00:00:00Z`);
  const customer = { birthDate, attributes, forRules: { attributes } };
  const target = targetDayOf(date, TODAY);
  const isFound = dateKeysOn(date, target).some((key) => dateKeysOf(customer, ZONE).includes(key));
  return isFound && firesOn(date, target, customer, { now: NOW, timeZone: ZONE }) === true;
}

function firesOnFact(templateId: string, ruleId: string, fact: Partial<Fact>, past: RuleEvent[] = []): boolean {
  const rule = ruleOf(templateId, ruleId);
  const threshold = compileThresholdRule(snapshot([rule]), rule, 480);
  const whole: Fact = {
    factId: 'f',
    factType: '',
    customerId: 'c',
    data: {},
    occurredAt: NOW,
    acceptedAt: NOW,
    ...fact,
  };
  if (whole.factType !== threshold.factType) return false;
  const customer = { attributes: {}, events: past };
  const holds = threshold.counted.map((events) => compilePredicate({ events })(customer, NOW));
  return threshold.screen(whole) !== 'silent' && threshold.judge(whole, customer, holds) === 'fires';
}

const transaction = (operation: string, amountMinor: number, daysAgo = 0): RuleEvent => ({
  type: 'transaction',
  occurredAtMs: NOW.getTime() - daysAgo * DAY_MS,
  data: { operation, amountMinor, currency: 'CNY' },
});

it('of the birthday are the day each year', () => {
  const born = (day: string) => `1990${day.slice(4)}`;
  expect(firesOnDate('birthday', 'birthday', {}, born(TODAY))).toBe(true);
  expect(firesOnDate('birthday', 'birthday', {}, born(addDays(TODAY, 1)))).toBe(false);
});

it('of the card are seven days after it was issued, while it is not activated', () => {
  const issued = { cardIssuedAt: addDays(TODAY, -7) };
  expect(firesOnDate('card-not-activated', 'seven-days', issued)).toBe(true);
  expect(firesOnDate('card-not-activated', 'seven-days', { ...issued, cardActivatedAt: TODAY })).toBe(false);
  expect(firesOnDate('card-not-activated', 'seven-days', { cardIssuedAt: addDays(TODAY, -6) })).toBe(false);
});

it('of a maturity: the person speaks a week ahead, the app reminds on the day', () => {
  const endsIn = (days: number) => ({ maturityAt: addDays(TODAY, days) });
  expect([8, 7, 6, 0].map((days) => firesOnDate('maturity', 'week-before', endsIn(days)))).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect([7, 1, 0, -1].map((days) => firesOnDate('maturity', 'on-the-day', endsIn(days)))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(channelsOf('maturity', 'week-before')).toEqual(['remote_bank']);
  expect(channelsOf('maturity', 'on-the-day')).toEqual(['app']);
});

it('of a large outflow are a transaction as docs/rules.md shows it, by which 50,000 yuan leave, heard within a day', () => {
  const fires = (operation: string, amountMinor: number, hoursAgo = 0): boolean =>
    firesOnFact('big-outflow', 'large-outflow', {
      factType: 'transaction',
      data: transaction(operation, amountMinor).data,
      occurredAt: new Date(NOW.getTime() - hoursAgo * 3_600_000),
    });
  expect(fires('withdrawal', 5_000_000)).toBe(true);
  expect(fires('transfer_out', 5_000_000, 24)).toBe(true);
  expect(fires('withdrawal', 4_999_999)).toBe(false);
  expect(fires('deposit', 5_000_000)).toBe(false);
  expect(fires('withdrawal', 5_000_000, 25)).toBe(false);
});

it('of payday are only for those out of whose account a salary’s worth has left since the last', () => {
  const fires = (past: RuleEvent[], factType = 'payroll'): boolean =>
    firesOnFact('payroll', 'salary-day', { factType, data: { amountMinor: 800_000 } }, past);
  expect(fires([transaction('withdrawal', 200_000, 30), transaction('transfer_out', 100_000, 2)])).toBe(true);
  expect(fires([transaction('withdrawal', 200_000, 30), transaction('transfer_out', 99_999, 2)])).toBe(false);
  expect(fires([transaction('withdrawal', 300_000, 32)])).toBe(false);
  expect(fires([transaction('deposit', 300_000, 2)])).toBe(false);
  expect(fires([transaction('withdrawal', 300_000, 2)], 'transaction')).toBe(false);
  expect(fires([])).toBe(false);
});

it('are all tried here', () => {
  const tried = ['birthday', 'card-not-activated', 'maturity', 'big-outflow', 'payroll'];
  const withMoments = TEMPLATES.filter(({ moments }) => moments.length > 0).map(({ templateId }) => templateId);
  expect(withMoments.sort()).toEqual(tried.sort());
});
