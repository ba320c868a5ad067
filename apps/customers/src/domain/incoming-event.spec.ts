import { eventFault, factOf, type IncomingEvent } from './incoming-event';

const NOW = new Date('2026-01-05T08:00:00Z');
const incoming = (over: Partial<IncomingEvent> = {}): IncomingEvent => ({
  id: 'e-1',
  source: 'core',
  type: 'transaction',
  subject: 'c-1',
  time: new Date('1995-03-24T00:00:00Z'),
  data: { amountMinor: 100, nested: { list: [1, { a: null }] } },
  ...over,
});
const deep = (levels: number): Record<string, unknown> => (levels === 0 ? {} : { in: deep(levels - 1) });

describe('eventFault', () => {
  it('accepts a plain event, old or without time and data', () => {
    expect(eventFault(incoming(), NOW)).toBeUndefined();
    expect(eventFault(incoming({ time: undefined, data: undefined }), NOW)).toBeUndefined();
  });

  it.each<[string, Partial<IncomingEvent>]>([
    ['id', { id: '' }],
    ['id', { id: 'x'.repeat(257) }],
    ['source', { source: '' }],
    ['type', { type: 'two words' }],
    ['type', { type: '' }],
    ['subject', { subject: '' }],
    ['time', { time: new Date('2026-01-07T08:00:00Z') }],
    ['time', { time: new Date(Number.NaN) }],
    ['time', { time: new Date('1800-01-01T00:00:00Z') }],
    ['data', { data: { $where: 1 } }],
    ['data', { data: { 'a.b': 1 } }],
    ['data', { data: { text: 'x'.repeat(20_000) } }],
    ['data', { data: deep(9) }],
  ])('names %s', (field, over) => {
    expect(eventFault(incoming(over), NOW)).toMatch(new RegExp(`^${field} `));
  });
});

describe('factOf', () => {
  it('is one fact per source and id, at the time it was accepted when it has none', () => {
    expect(factOf(incoming({ time: undefined }), 'customer', NOW)).toMatchObject({
      factId: 'core/e-1',
      customerId: 'customer',
      occurredAt: NOW,
      acceptedAt: NOW,
    });
  });
});
