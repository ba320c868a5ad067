import * as fc from 'fast-check';
import { aFissionCampaign } from '../testing/fission.factory';
import { Persons } from '../../domain/person';
import { counts, type Deed } from './fission-campaign';
import {
  acceptInvite,
  isInTime,
  newMember,
  noteDeeds,
  shownState,
  useDevice,
  type FissionMember,
} from './fission-member';
import { rewardsOf } from './fission-reward';
import { memberOf } from './invite-persons';

const now = new Date('2026-03-02T00:00:00Z');
const { terms } = aFissionCampaign();
const member = (customerId: string, over: Partial<FissionMember> = {}): FissionMember => ({
  ...newMember('f', customerId, now),
  ...over,
});
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

/** Of who is new to the campaign and brings nobody. */
const first = { invitee: null, inviteePersonIds: [], ancestorIds: [] };

/** The tree by the rules alone: members by id, and what a call comes to. */
class Tree {
  readonly members = new Map<string, FissionMember>();

  accept(inviterId: string, inviteeId: string): string {
    const inviter = this.members.get(inviterId) ?? member(inviterId);
    const invitee = this.members.get(inviteeId) ?? null;
    return reasonOf(() => {
      const state = { inviter, invitee, inviteePersonIds: [inviteeId], ancestorIds: this.ancestorsOf(inviterId) };
      const next = acceptInvite(state, inviteeId, terms, now);
      this.members.set(inviterId, next.inviter);
      this.members.set(inviteeId, next.invitee);
    });
  }

  ancestorsOf(customerId: string): string[] {
    const ids: string[] = [];
    for (let id = this.members.get(customerId)?.inviterId; id && ids.length < 500;) {
      ids.push(id);
      id = this.members.get(id)?.inviterId;
    }
    return ids;
  }
}

it('is always a forest: one inviter each, no ring, whoever invites whom', () => {
  const person = fc.integer({ min: 0, max: 7 }).map(String);
  fc.assert(
    fc.property(fc.array(fc.tuple(person, person), { maxLength: 60 }), (calls) => {
      const tree = new Tree();
      let accepted = 0;
      for (const [inviterId, inviteeId] of calls) {
        const before = tree.members.get(inviteeId)?.inviterId;
        const outcome = tree.accept(inviterId, inviteeId);
        if (outcome === 'done') accepted += 1;
        else expect(tree.members.get(inviteeId)?.inviterId).toBe(before);
        if (inviterId === inviteeId) expect(outcome).toBe('INVITE_TO_SELF');
        else if (before) expect(outcome).toBe('INVITER_FIXED');
      }
      for (const id of tree.members.keys()) expect(tree.ancestorsOf(id)).not.toContain(id);
      const all = [...tree.members.values()];
      expect(all.reduce((sum, { inviteeCount }) => sum + inviteeCount, 0)).toBe(accepted);
      expect(all.filter(({ inviterId }) => inviterId !== '')).toHaveLength(accepted);
    }),
  );
});

it('names a ring, a chain that is too long and a full inviter', () => {
  const tree = new Tree();
  expect([tree.accept('a', 'b'), tree.accept('b', 'c'), tree.accept('c', 'a'), tree.accept('b', 'a')]).toEqual([
    'done',
    'done',
    'INVITE_CYCLE',
    'INVITE_CYCLE',
  ]);
  const deep = Array.from({ length: 100 }, (_, index) => String(index));
  const accept = (inviter: FissionMember, ancestorIds: string[], of = terms, inviteePersonIds = ['new']) =>
    reasonOf(() => acceptInvite({ ...first, inviter, inviteePersonIds, ancestorIds }, 'new', of, now));
  expect(accept(member('x'), deep)).toBe('INVITE_TREE_TOO_DEEP');
  expect(accept(member('x'), ['y', 'new-too'], terms, ['new', 'new-too'])).toBe('INVITE_CYCLE');
  expect(accept(member('x', { inviteeCount: 3 }), [], { ...terms, inviteeMaxPerPerson: 3 })).toBe(
    'INVITE_LIMIT_REACHED',
  );
  expect(accept(member('x', { inviteeCount: 2 }), [], { ...terms, inviteeMaxPerPerson: 3 })).toBe('done');
});

it('rewards both sides once, and the inviter for so many as he may', () => {
  const once = { ...terms, condition: { ...terms.condition, countMin: 2 }, rewardedMaxPerPerson: 1 };
  const campaign = { ...aFissionCampaign(), terms: once };
  const start = acceptInvite({ ...first, inviter: member('a') }, 'b', once, now);
  const one = noteDeeds(start, 1, once, now);
  expect(one).toMatchObject({ isQualified: false, invitee: { state: 'joined', conditionCount: 1 } });
  const two = noteDeeds(one, 1, once, now);
  expect(two).toMatchObject({ isQualified: true, isInviterRewarded: true, inviter: { qualifiedCount: 1 } });
  expect(rewardsOf(campaign, two.invitee, true, now).map(({ customerId }) => customerId)).toEqual(['b', 'a']);
  expect(noteDeeds(two, 5, once, now)).toMatchObject({ isQualified: false, invitee: { conditionCount: 2 } });
  const next = acceptInvite({ ...first, inviter: two.inviter }, 'c', once, now);
  const capped = noteDeeds(next, 2, once, now);
  expect(capped).toMatchObject({ isQualified: true, isInviterRewarded: false, inviter: { rewardedCount: 1 } });
  expect(rewardsOf(campaign, capped.invitee, false, now).map(({ customerId }) => customerId)).toEqual(['c']);
});

it('counts deeds of the right kind between joining and the deadline', () => {
  const deed = (over: Partial<Deed>): Deed => ({
    kind: 'fact',
    customerId: 'b',
    factType: 'transaction',
    amountMinor: 100,
    stockId: '',
    happenedAt: now,
    ...over,
  });
  const { condition } = terms;
  expect(counts(condition, deed({}))).toBe(true);
  expect(counts(condition, deed({ factType: 'login' }))).toBe(false);
  expect(counts({ ...condition, amountMinorMin: 101 }, deed({}))).toBe(false);
  expect(counts(condition, deed({ kind: 'claim' }))).toBe(false);
  expect(counts({ ...condition, kind: 'claim', stockId: 's' }, deed({ kind: 'claim', stockId: 's' }))).toBe(true);
  expect(counts({ ...condition, kind: 'claim', stockId: 's' }, deed({ kind: 'claim', stockId: 't' }))).toBe(false);
  const { invitee } = acceptInvite({ ...first, inviter: member('a') }, 'b', terms, now);
  const later = (days: number): Date => new Date(now.getTime() + days * 24 * 3600 * 1000);
  expect([-1, 0, 7, 8].map((days) => isInTime(invitee, later(days)))).toEqual([false, true, true, false]);
  expect([shownState(invitee, later(7)), shownState(invitee, later(8))]).toEqual(['joined', 'lapsed']);
});

it('seats so many persons at a device as may be', () => {
  const persons = new Persons(
    ['a', 'a-two', 'a-three'].map((customerId) => ({ customerId, personKey: '', version: 0, personId: 'p' })),
  );
  const use = (seated: string[], customerId: string, max: number) => useDevice(seated, customerId, max, persons);
  expect(use([], 'a', 1)).toEqual(['a']);
  expect(use(['a'], 'a', 1)).toEqual(['a']);
  expect(reasonOf(() => use(['a'], 'b', 1))).toBe('DEVICE_LIMIT_REACHED');
  expect(use(['a'], 'b', 2)).toEqual(['a', 'b']);
  // His second customer id takes no place of its own, whether he or another comes after it.
  expect(use(['a'], 'a-two', 1)).toEqual(['a', 'a-two']);
  expect(use(['a', 'a-two'], 'b', 2)).toEqual(['a', 'a-two', 'b']);
  expect(use(['a', 'b'], 'a-three', 2)).toEqual(['a', 'b', 'a-three']);
  expect(reasonOf(() => use(['a', 'a-two', 'b'], 'c', 2))).toBe('DEVICE_LIMIT_REACHED');
});

it('counts a deed for who did it when he was invited, else for the profile of his person that joined first', () => {
  const persons = new Persons(
    ['a', 'a-two', 'a-three'].map((customerId) => ({ customerId, personKey: '', version: 0, personId: 'a' })),
  );
  const at = (days: number): Date => new Date(now.getTime() + days * 24 * 3_600_000);
  const joined = (customerId: string, days: number, over: Partial<FissionMember> = {}): FissionMember =>
    member(customerId, { inviterId: 'i', state: 'joined', joinedAt: at(days), deadlineAt: at(days + 7), ...over });
  const [first, second, foreign] = [joined('a', 0), joined('a-two', 1), joined('b', 0)];
  const whose = (customerId: string, days: number, members: FissionMember[]) =>
    memberOf({ customerId, happenedAt: at(days) }, members, persons)?.customerId;
  const all = [foreign, second, first];
  expect([whose('a', 2, all), whose('a-two', 2, all), whose('a-three', 2, all)]).toEqual(['a', 'a-two', 'a']);
  expect([whose('b', 2, all), whose('c', 2, all)]).toEqual(['b', undefined]);
  expect([whose('a-three', 7.5, all), whose('a-three', 9, all), whose('a', 7.5, all)]).toEqual([
    'a-two',
    undefined,
    undefined,
  ]);
  expect(whose('a', 2, [{ ...first, state: 'qualified' }, second])).toBeUndefined();
});
