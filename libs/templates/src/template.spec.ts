import * as fc from 'fast-check';
import { renderTemplate, templateFaults } from './template';

const context = { customer: { externalId: 'bm-7', attributes: { job: 'admin', age: 41 } }, agent: { name: 'Li Wei' } };

describe('templates', () => {
  it('puts in the values of one customer and the agent', () => {
    const text =
      'Hello {{customer.externalId}} ({{ customer.attributes.job }}, {{customer.attributes.age}}): {{agent.name}}';
    expect(templateFaults(text, { hasAgent: true })).toEqual([]);
    expect(renderTemplate(text, context)).toBe('Hello bm-7 (admin, 41): Li Wei');
  });

  it('renders what is not known as nothing, and never reads the prototype', () => {
    expect(renderTemplate('[{{customer.attributes.none}}{{customer.attributes.constructor}}]', context)).toBe('[]');
  });

  it('does not expand a value a second time', () => {
    const nested = { customer: { attributes: { a: '{{customer.attributes.b}}', b: 'secret' } } };
    expect(renderTemplate('{{customer.attributes.a}}', nested)).toBe('{{customer.attributes.b}}');
  });

  it.each([
    ['{{customer.phone}}', 'VARIABLE_UNKNOWN', 'customer.phone'],
    ['{{customer.attributes.}}', 'VARIABLE_UNKNOWN', 'customer.attributes.'],
    ['{{}}', 'VARIABLE_UNKNOWN', ''],
    ['Dear {{customer.externalId', 'BRACES_UNBALANCED', '{{customer.externalId'],
    ['Dear customer.externalId}}', 'BRACES_UNBALANCED', '}}'],
  ])('finds the fault in %s', (text, code, at) => {
    expect(templateFaults(text, { hasAgent: true })).toEqual([{ code, at }]);
  });

  it('knows the agent only where a person speaks', () => {
    expect(templateFaults('{{agent.name}}')).toEqual([{ code: 'VARIABLE_UNKNOWN', at: 'agent.name' }]);
  });

  it('knows nothing of the customer where others read it', () => {
    for (const at of ['customer.externalId', 'customer.attributes.job']) {
      const text = `Offer ${at}: {{${at}}} {{fact.storeId}}`;
      const scope = { hasCustomer: false, hasFact: true };
      expect(templateFaults(text, scope)).toEqual([{ code: 'VARIABLE_UNKNOWN', at }]);
    }
  });

  it('reads a fact where there may be one', () => {
    const text = '{{fact.amount}} {{fact.card.kind}}{{fact.card}}{{fact.none.at.all}}';
    expect(templateFaults(text, { hasFact: true })).toEqual([]);
    expect(templateFaults('{{fact.amount}}')).toEqual([{ code: 'VARIABLE_UNKNOWN', at: 'fact.amount' }]);
    expect(renderTemplate(text, { ...context, fact: { amount: 20, card: { kind: 'gold' } } })).toBe('20 gold');
    expect(renderTemplate(text, context)).toBe(' ');
  });

  it('leaves text without braces as it is', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const text = raw.replace(/[{}]/g, '');
        expect(templateFaults(text)).toEqual([]);
        expect(renderTemplate(text, context)).toBe(text);
      }),
    );
  });
});
