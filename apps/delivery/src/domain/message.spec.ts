import fc from 'fast-check';
import { buildDelivery, buildDeliverySource, NOON } from '../testing/delivery.factory';
import { createMessage, MARKS, markMessage } from './message';
import { chooseEndpoint } from './webhook-endpoint';
import { buildEndpoint } from '../testing/delivery.factory';

describe('marks of a message', () => {
  it('tells each mark at most once, and never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MARKS), { maxLength: 12 }), (marks) => {
        let message = createMessage(buildDelivery(), buildDeliverySource(), NOON);
        const told: string[] = [];
        for (const mark of marks) {
          const marked = markMessage(message, mark);
          if (!marked) continue;
          told.push(marked.outcome);
          message = marked.message;
        }
        expect(new Set(told).size).toBe(told.length);
        expect([...told].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))).toEqual(told);
        expect(message.state === 'unread').toBe(marks.length === 0);
      }),
    );
  });

  it('calls a read message shown', () => {
    expect(markMessage(createMessage(buildDelivery(), buildDeliverySource(), NOON), 'read')).toMatchObject({
      outcome: 'shown',
    });
  });
});

const ORDER = ['shown', 'clicked', 'dismissed'];

describe('the endpoint of a decision', () => {
  const endpoints = [
    buildEndpoint({ endpointId: 'low', orgPath: 'hq/east' }),
    buildEndpoint({ endpointId: 'top-off', isActive: false }),
    buildEndpoint({ endpointId: 'top' }),
  ];

  it.each([
    ['', 'top'],
    ['low', 'low'],
    ['top-off', undefined],
    ['none', undefined],
  ])('named %j is %s', (named, chosen) => {
    expect(chooseEndpoint(endpoints, { queue: named })?.endpointId).toBe(chosen);
  });

  const west = buildEndpoint({ endpointId: 'west', orgPath: 'hq/west' });

  it.each([
    ['', 'hq/east/outlet', [...endpoints, west], 'top'],
    ['low', 'hq/east/outlet', [...endpoints, west], 'low'],
    ['', 'hq/east', [endpoints[0]!, west], 'low'],
    ['', 'hq/east', [west], undefined],
    ['west', 'hq/east', [...endpoints, west], undefined],
    ['west', 'hq', [...endpoints, west], undefined],
    ['west', undefined, [...endpoints, west], 'west'],
  ])('named %j is none of another branch than that of a customer of %s', (queue, orgPath, all, chosen) => {
    expect(chooseEndpoint(all, { queue, orgPath })?.endpointId).toBe(chosen);
  });
});
