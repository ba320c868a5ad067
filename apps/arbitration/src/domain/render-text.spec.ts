import fc from 'fast-check';
import { aFacts } from '../testing/decision.factory';
import { renderText, scopeOf } from './render-text';

const scope = {
  customer: aFacts({ attributes: { city: '上海', 城市: '北京', 'a.b': 7, trick: '{{customer.externalId}}' } }),
  fact: { amount: 1200, from: { name: 'ACME' } },
};

describe('a text', () => {
  it.each([
    ['Dear {{customer.externalId}} of {{ customer.attributes.city }}', 'Dear ext-1 of 上海'],
    ['{{customer.attributes.a.b}}|{{fact.amount}}|{{fact.from.name}}', '7|1200|ACME'],
    ['{{customer.attributes.none}}|{{fact.from}}|{{agent.name}}|{{customer.consents}}', '|||'],
    ['{{customer.attributes.trick}}', '{{customer.externalId}}'],
    ['{{customer.attributes.__proto__}}{{fact.constructor}}', ''],
    ['来自{{customer.attributes.城市}}的您', '来自北京的您'],
    ['no variables {here}', 'no variables {here}'],
  ])('renders %s', (text, rendered) => {
    expect(renderText(text, scope)).toBe(rendered);
  });

  it('at a merchant’s till says nothing of the customer, whatever it names', () => {
    const text = '{{customer.externalId}}{{customer.attributes.city}}{{customer.stage}}|{{fact.amount}}';
    expect(renderText(text, scopeOf('merchant', scope))).toBe('|1200');
    expect(renderText(text, scopeOf('app', scope))).toMatch(/^ext-1上海.*\|1200$/);
  });

  it('without variables stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{{')),
        (text) => expect(renderText(text, scope)).toBe(text),
      ),
    );
  });
});
