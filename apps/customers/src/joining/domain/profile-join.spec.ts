import fc from 'fast-check';
import { personKeyOf, type Customer } from '../../domain/customer';
import { customer } from '../../testing/customer.factory';
import { checkJoinable, checkUndoable, orderByAge, withPersonKey, type ProfileJoin } from './profile-join';

const profile = (externalId: string, day = 1): Customer =>
  customer({ externalId, personKey: `key-${externalId}`, createdAt: new Date(Date.UTC(2026, 0, day)) });

it('keeps the older profile first, whichever is named first', () => {
  const [old, young] = [profile('b', 1), profile('a', 2)];
  expect(orderByAge(young, old)).toEqual([old, young]);
  expect(orderByAge(old, young)).toEqual([old, young]);
  const twins = [profile('x'), profile('y')] as const;
  expect(orderByAge(...twins)).toEqual(orderByAge(twins[1], twins[0]));
});

it('refuses a profile with itself, and two of one person', () => {
  const [one, other] = [profile('a'), profile('b')];
  expect(() => checkJoinable(one, one)).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  const [joined] = withPersonKey([other], personKeyOf(one));
  expect(() => checkJoinable(one, joined!)).toThrow(expect.objectContaining({ reason: 'PROFILES_JOINED' }));
});

it('gives every profile its own key back when joins are undone in the opposite order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }), (pairs) => {
      const before = Array.from({ length: 6 }, (_, index) => profile(`p${index}`, index + 1));
      let profiles = before;
      const put = (moved: readonly Customer[]): void => {
        const byId = new Map(moved.map((one) => [one.customerId, one]));
        profiles = profiles.map((one) => byId.get(one.customerId) ?? one);
      };
      const joins: ProfileJoin[] = [];
      for (const [left, right] of pairs) {
        const [older, younger] = orderByAge(profiles[left]!, profiles[right]!);
        const [personKey, formerKey] = [personKeyOf(older), personKeyOf(younger)];
        if (personKey === formerKey) continue;
        const moved = profiles.filter((one) => personKeyOf(one) === formerKey);
        put(withPersonKey(moved, personKey));
        expect(profiles.some((one) => personKeyOf(one) === formerKey)).toBe(false);
        const ids = moved.map(({ customerId }) => customerId);
        joins.push({
          ...NEW_JOIN,
          customerIds: [older.customerId, younger.customerId],
          personKey,
          formerKey,
          movedCustomerIds: ids,
        });
      }
      for (const join of joins.reverse()) {
        const moved = profiles.filter(({ customerId }) => join.movedCustomerIds.includes(customerId));
        checkUndoable(join, moved);
        put(withPersonKey(moved, join.formerKey));
      }
      expect(profiles.map(personKeyOf)).toEqual(before.map(personKeyOf));
    }),
  );
});

const NEW_JOIN: ProfileJoin = {
  joinId: 'j',
  customerIds: ['', ''],
  personKey: '',
  formerKey: '',
  movedCustomerIds: [],
  reason: 'one passport',
  joinedBy: 'anna',
  joinedAt: new Date(0),
  undoneBy: '',
  undoneAt: null,
  undoReason: '',
};

it('refuses to undo twice, and before a later join', () => {
  const join = { ...NEW_JOIN, personKey: 'key-a' };
  const [moved] = withPersonKey([profile('b')], 'key-a');
  expect(() => checkUndoable({ ...join, undoneAt: new Date(0) }, [moved!])).toThrow(
    expect.objectContaining({ reason: 'PROFILE_JOIN_UNDONE' }),
  );
  expect(() => checkUndoable(join, withPersonKey([moved!], 'key-c'))).toThrow(
    expect.objectContaining({ reason: 'PROFILE_JOIN_SUPERSEDED' }),
  );
});
