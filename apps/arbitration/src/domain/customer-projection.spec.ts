import fc from 'fast-check';
import { aFacts } from '../testing/decision.factory';
import { hasComplaintHold, hasConsent } from './consent';
import { applyConsent, applyFacts, applyHold } from './customer-projection';
import { unknownCustomer, type CustomerState } from './customer-state';

/** One change of a customer in `customers`, told twice: written through at once, and by the event of its version. */
interface Change {
  version: number;
  channel: string;
  isGranted: boolean;
  isHold: boolean;
}

const at = (version: number): Date => new Date(1_700_000_000_000 + version * 1000);

/** The messages that a history of changes makes: one event for each version, and one write-through of what changed. */
function messagesOf(history: Change[]): ((state: CustomerState) => CustomerState)[] {
  const consents = new Map<string, { isGranted: boolean; changedAt: Date }>();
  let isHeld = false;
  return history.flatMap((change) => {
    const { version, channel, isGranted, isHold } = change;
    if (isHold) isHeld = isGranted;
    else consents.set(channel, { isGranted, changedAt: at(version) });
    const facts = aFacts({
      version,
      hasComplaintHold: isHeld,
      consents: [...consents].map(([name, consent]) => ({ purpose: 'marketing', channel: name, ...consent })),
    });
    const through = (state: CustomerState): CustomerState =>
      isHold
        ? applyHold(state, { isOn: isGranted, version })
        : applyConsent(state, { purpose: 'marketing', channel, isGranted, version });
    return [through, (state: CustomerState) => applyFacts(state, facts)];
  });
}

const histories = fc
  .array(fc.record({ channel: fc.constantFrom('app', 'sms', '*'), isGranted: fc.boolean(), isHold: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((changes) => changes.map((change, index): Change => ({ ...change, version: index + 1 })));

describe('the projection of a customer', () => {
  it('ends in one state, whatever the order and the repeats', () => {
    const scenario = histories.chain((history) => {
      const count = history.length * 2;
      const order = fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count });
      return fc.record({ history: fc.constant(history), order, repeats: fc.array(fc.nat(count - 1)) });
    });
    fc.assert(
      fc.property(scenario, ({ history, order, repeats }) => {
        const messages = messagesOf(history);
        const play = (indexes: number[]): CustomerState =>
          indexes.reduce((state, index) => messages[index]?.(state) ?? state, unknownCustomer('c-1'));
        expect(play([...order, ...repeats])).toEqual(play([...messages.keys()]));
      }),
    );
  });

  it('holds every word that returned, before its event came', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const messages = messagesOf(history);
        // Only the first event and all write-throughs: the other events are still on their way.
        const through = messages.filter((_, index) => index % 2 === 0 || index === 1);
        const whole = messages.reduce((state, message) => message(state), unknownCustomer('c-1'));
        const early = through.reduce((state, message) => message(state), unknownCustomer('c-1'));
        expect(hasComplaintHold(early)).toBe(hasComplaintHold(whole));
        for (const channel of ['app', 'sms', 'branch']) {
          expect(hasConsent(early, 'marketing', channel)).toBe(hasConsent(whole, 'marketing', channel));
        }
      }),
    );
  });

  it('drops a write-through once the projection carries it', () => {
    const written = applyConsent(unknownCustomer('c-1'), {
      purpose: 'marketing',
      channel: 'app',
      isGranted: false,
      version: 3,
    });
    expect(applyFacts(written, aFacts({ version: 2 })).writtenThrough.consents).toHaveLength(1);
    expect(applyFacts(written, aFacts({ version: 3 })).writtenThrough.consents).toEqual([]);
  });
});
