import type { Condition, EventsCondition, NumberCondition, Rule, RuleScalar } from './rule';

export interface DescribeOptions {
  /** Values named of one list; the rest is counted. 5 when left out. */
  listedMax?: number;
}

const LABELS: Record<string, string> = {
  orgPath: 'organisation',
  ownerId: 'relationship manager',
  externalId: 'external id',
  ageYears: 'age in years',
  balanceMinor: 'balance in minor units',
  'rfm.recency': 'recency score',
  'rfm.frequency': 'frequency score',
  'rfm.monetary': 'monetary score',
};

const words = (name: string): string => name.replace(/[a-z0-9](?=[A-Z])/g, '$& ').toLowerCase();

function label(field: string): string {
  const known = LABELS[field];
  if (known !== undefined && Object.hasOwn(LABELS, field)) return known;
  const dot = field.indexOf('.');
  const name = words(field.slice(dot + 1));
  if (field.startsWith('event.')) return `the event's ${name}`;
  if (field.startsWith('daysUntil.')) return `days until ${name}`;
  return field.startsWith('daysSince.') ? `days since ${name}` : name;
}

const literal = (value: RuleScalar): string => (typeof value === 'string' ? `"${value}"` : String(value));

function list(values: readonly RuleScalar[], { listedMax = 5 }: DescribeOptions): string {
  const shown = values.slice(0, listedMax).map(literal);
  if (values.length > listedMax) shown.push(`${values.length - listedMax} more`);
  return joined(shown, 'or');
}

function joined(parts: readonly string[], conjunction: string): string {
  if (parts.length <= 1) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${conjunction} ${parts.at(-1) ?? ''}`;
}

function describeCondition(condition: Condition, options: DescribeOptions): string {
  switch (condition.op) {
    case 'eq':
      return `is ${literal(condition.value)}`;
    case 'ne':
      return `is not ${literal(condition.value)}`;
    case 'lt':
      return `is less than ${literal(condition.value)}`;
    case 'lte':
      return `is at most ${literal(condition.value)}`;
    case 'gt':
      return `is more than ${literal(condition.value)}`;
    case 'gte':
      return `is at least ${literal(condition.value)}`;
    case 'in':
      return `is ${list(condition.value, options)}`;
    case 'notIn':
      return `is not ${list(condition.value, options)}`;
    case 'between':
      return `is between ${literal(condition.value[0])} and ${literal(condition.value[1])}`;
    case 'exists':
      return condition.value ? 'is known' : 'is not known';
    case 'contains':
      return `contains ${literal(condition.value)}`;
    case 'startsWith':
      return `starts with ${literal(condition.value)}`;
  }
}

const COUNT_WORDS: Record<NumberCondition['op'], string> = {
  eq: 'exactly',
  ne: 'other than',
  lt: 'fewer than',
  lte: 'at most',
  gt: 'more than',
  gte: 'at least',
  between: 'between',
};

function describeEvents(events: EventsCondition, options: DescribeOptions): string {
  const where = (events.where ?? []).map((clause) => `${words(clause.field)} ${describeCondition(clause, options)}`);
  const window = `in the last ${events.windowDays === 1 ? 'day' : `${events.windowDays} days`}`;
  const scope = `"${events.type}" events ${window}${where.length > 0 ? ` where ${joined(where, 'and')}` : ''}`;
  if ('sum' in events) {
    return `the sum of ${words(events.sum.of)} over ${scope} ${describeCondition(events.sum, options)}`;
  }
  const { count } = events;
  const number = count.op === 'between' ? count.value.join(' and ') : String(count.value);
  return `there are ${COUNT_WORDS[count.op]} ${number} ${scope}`;
}

function describeGroup(rules: readonly Rule[], conjunction: 'and' | 'or', options: DescribeOptions): string {
  const parts = rules.map((rule) => {
    const isGroup = ('all' in rule && rule.all.length > 1) || ('any' in rule && rule.any.length > 1);
    return isGroup && rules.length > 1 ? `(${describe(rule, options)})` : describe(rule, options);
  });
  return parts.join(` ${conjunction} `);
}

function describe(rule: Rule, options: DescribeOptions): string {
  if ('all' in rule) return rule.all.length === 0 ? 'anything holds' : describeGroup(rule.all, 'and', options);
  if ('any' in rule) return rule.any.length === 0 ? 'nothing holds' : describeGroup(rule.any, 'or', options);
  if ('not' in rule) return `it is not the case that (${describe(rule.not, options)})`;
  if ('field' in rule) return `${label(rule.field)} ${describeCondition(rule, options)}`;
  if ('segment' in rule) return `the customer is in segment "${rule.segment}"`;
  if ('events' in rule) return describeEvents(rule.events, options);
  return `the customer has the tag "${rule.tag}"${rule.value === undefined ? '' : ` with value "${rule.value}"`}`;
}

/** The rule as one sentence in plain English, for explanations. */
export function describeRule(rule: Rule, options: DescribeOptions = {}): string {
  if ('all' in rule && rule.all.length === 0) return 'Every customer.';
  if ('any' in rule && rule.any.length === 0) return 'No customer.';
  return `Customers where ${describe(rule, options)}.`;
}
