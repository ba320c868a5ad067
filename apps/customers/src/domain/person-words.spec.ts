import fc from 'fast-check';
import { customer } from '../testing/customer.factory';
import type { Consent } from './consent';
import { hasComplaintHold, type Customer } from './customer';
import { heldConsents, refusalsOf, withPersonWords } from './person-words';

// Goal: of what the profiles of one person say about being contacted the refusal holds for all, and for none of them longer than it is said.

const at = (day: number): Date => new Date(Date.UTC(2026, 2, day));
const said = (channel: string, isGranted: boolean, day: number, purpose = 'marketing'): Consent => ({
  purpose,
  channel,
  isGranted,
  changedAt: at(day),
});
const saying = (externalId: string, consents: Consent[], over: Partial<Customer> = {}): Customer =>
  customer({ externalId, consents, ...over });

/** As decisions take it: the later of the word about the channel and the one about all; at the same time the refusal; no word is none. */
function allows(consents: readonly Consent[], purpose: string, channel: string): boolean {
  const words = consents.filter((each) => each.purpose === purpose && [channel, '*'].includes(each.channel));
  const last = Math.max(...words.map(({ changedAt }) => changedAt.getTime()));
  return words.length > 0 && words.every((each) => each.isGranted || each.changedAt.getTime() < last);
}
const refuses = (consents: readonly Consent[], purpose: string, channel: string): boolean =>
  consents.some((each) => each.purpose === purpose && [channel, '*'].includes(each.channel)) &&
  !allows(consents, purpose, channel);

/** All profiles of a person after each heard of the others. */
const together = (profiles: Customer[]): Customer[] => {
  const heard = new Map(withPersonWords(profiles).map((profile) => [profile.customerId, profile]));
  return profiles.map((profile) => heard.get(profile.customerId) ?? profile);
};

const PURPOSES = ['marketing', 'service', 'profiling'];
const CHANNELS = ['app', 'sms', 'branch'];
const consents = fc.uniqueArray(
  fc.record({
    purpose: fc.constantFrom(...PURPOSES),
    channel: fc.constantFrom(...CHANNELS, '*'),
    isGranted: fc.boolean(),
    changedAt: fc.integer({ min: 1, max: 5 }).map(at),
  }),
  { selector: ({ purpose, channel }) => `${purpose} ${channel}` },
);
const person = fc
  .array(fc.tuple(consents, fc.nat(1)), { minLength: 1, maxLength: 4 })
  .map((said) => said.map(([words, open], index) => saying(`p${index}`, words, { openComplaintCount: open })));

it('contacts nobody whom any of his profiles refused, and whoever may be contacted by his own word alone otherwise', () => {
  fc.assert(
    fc.property(person, (profiles) => {
      for (const profile of together(profiles)) {
        for (const purpose of PURPOSES) {
          for (const channel of CHANNELS) {
            const isRefused = profiles.some((other) => refuses(other.consents, purpose, channel));
            const own = allows(profile.consents, purpose, channel);
            expect(allows(heldConsents(profile), purpose, channel)).toBe(own && !isRefused);
          }
        }
        expect(hasComplaintHold(profile)).toBe(profiles.some(({ openComplaintCount }) => openComplaintCount > 0));
      }
    }),
  );
});

it('forgets what others said when they are others again, and changes nobody twice', () => {
  fc.assert(
    fc.property(person, (profiles) => {
      const joined = together(profiles);
      expect(withPersonWords(joined)).toEqual([]);
      for (const { customerId, otherCustomerIds = [] } of joined) {
        expect([customerId, ...otherCustomerIds].sort()).toEqual(joined.map((each) => each.customerId).sort());
      }
      for (const alone of joined.map((profile) => together([profile])[0]!)) {
        expect(heldConsents(alone)).toEqual(alone.consents.map((each) => ({ ...each, isOfPerson: false })));
        expect(hasComplaintHold(alone)).toBe(alone.openComplaintCount > 0);
        expect(alone.otherCustomerIds ?? []).toEqual([]);
      }
    }),
  );
});

it('names a refusal of all channels for each, and says of whom it is', () => {
  const refusing = saying('a', [said('*', false, 2), said('sms', true, 3)]);
  expect(refusalsOf(refusing.consents).map(({ channel }) => channel)).not.toContain('sms');
  const [, other] = together([refusing, saying('b', [said('app', true, 4), said('sms', true, 1)])]);
  const held = heldConsents(other!);
  expect(held).toContainEqual({ ...said('app', false, 4), isOfPerson: true });
  expect(held).toContainEqual({ ...said('sms', true, 1), isOfPerson: false });
});
