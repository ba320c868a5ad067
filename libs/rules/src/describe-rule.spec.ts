import { describeRule } from './describe-rule';
import { parseRule } from './parse-rule';
import type { Rule } from './rule';
import { eventWindowDaysMax, fieldsUsed, inspectRule, usesEvents } from './rule-usage';

const BIRTHDAY: Rule = { field: 'daysToBirthday', op: 'lte', value: 7 };
const SPENDER: Rule = {
  events: {
    type: 'card',
    where: [{ field: 'currency', op: 'eq', value: 'CNY' }],
    windowDays: 30,
    sum: { of: 'amountMinor', op: 'gte', value: 10_000 },
  },
};

describe('describeRule', () => {
  it.each<[unknown, string]>([
    [BIRTHDAY, 'Customers where days to birthday is at most 7.'],
    [{ all: [] }, 'Every customer.'],
    [{ any: [] }, 'No customer.'],
    [
      {
        all: [
          { field: 'attributes.monthlyIncome', op: 'between', value: [1, 2] },
          { any: [{ tag: 'vip' }, { tag: 'x', value: 'y' }] },
        ],
      },
      'Customers where monthly income is between 1 and 2 and (the customer has the tag "vip" or the customer has the tag "x" with value "y").',
    ],
    [{ not: { field: 'stage', op: 'exists' } }, 'Customers where it is not the case that (stage is known).'],
    [
      { field: 'attributes.job', op: 'in', value: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      'Customers where job is "a", "b", "c", "d", "e" or 2 more.',
    ],
    [{ field: 'event.amountMinor', op: 'gt', value: 5 }, "Customers where the event's amount minor is more than 5."],
    [{ field: 'daysUntil.maturity', op: 'lte', value: 7 }, 'Customers where days until maturity is at most 7.'],
    [{ segment: 's1' }, 'Customers where the customer is in segment "s1".'],
    [
      SPENDER,
      'Customers where the sum of amount minor over "card" events in the last 30 days where currency is "CNY" is at least 10000.',
    ],
    [
      { events: { type: 'login', windowDays: 1, count: { op: 'lt', value: 3 } } },
      'Customers where there are fewer than 3 "login" events in the last day.',
    ],
  ])('says %j', (rule, sentence) => {
    expect(describeRule(parseRule(rule))).toBe(sentence);
  });

  it('names every value of a list where it is asked to', () => {
    const rule = parseRule({ not: { any: [{ field: 'attributes.job', op: 'in', value: [1, 2, 3, 4, 5, 6, 7] }] } });
    const all = 'Customers where it is not the case that (job is 1, 2, 3, 4, 5, 6 or 7).';
    expect(describeRule(rule, { listedMax: 1_000 })).toBe(all);
  });
});

describe('what a rule asks about', () => {
  const rule: Rule = {
    all: [
      { any: [BIRTHDAY, { field: 'stage', op: 'exists', value: true }] },
      { segment: 's' },
      { not: { tag: 'vip' } },
    ],
  };
  const resolve = (): Rule => SPENDER;

  it('is its own, or with a resolver that of its segments too', () => {
    expect(inspectRule(rule)).toEqual({
      fields: ['daysToBirthday', 'stage'],
      tags: ['vip'],
      segments: ['s'],
      events: [],
    });
    expect(fieldsUsed(rule, resolve)).toEqual(['daysToBirthday', 'stage']);
    expect([usesEvents(rule), usesEvents(rule, resolve)]).toEqual([false, true]);
    expect([eventWindowDaysMax(rule), eventWindowDaysMax(rule, resolve)]).toEqual([0, 30]);
    expect(inspectRule(SPENDER).events).toEqual([
      { type: 'card', windowDays: 30, fields: ['amountMinor', 'currency'] },
    ]);
  });
});
