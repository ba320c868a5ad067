import { createHmac } from 'node:crypto';
import { type DomainError, refused } from '@tidegate/errors';
import type { Persons } from '../../domain/person';
import type { FissionTerms } from './fission-campaign';

/** Members above an inviter that are looked through for a ring before one tree is hung under another. */
export const TREE_DEPTH_MAX = 100;

export type MemberState = 'inviter' | 'joined' | 'qualified';

/** A customer in a fission campaign, as inviter and as invited one: a node of the invite tree. */
export interface FissionMember {
  campaignId: string;
  customerId: string;
  /** Empty for a root: one who came by himself. Once set it never changes. */
  inviterId: string;
  state: MemberState;
  inviteeCount: number;
  qualifiedCount: number;
  rewardedCount: number;
  /** Deeds that count towards the condition so far. */
  conditionCount: number;
  /** Grows when a tree is hung under another, so that two of them that would make a ring are a write conflict. */
  mergeCount: number;
  joinedAt: Date;
  deadlineAt: Date | null;
  qualifiedAt: Date | null;
}

/** A customer who comes by himself and may invite. */
export const newMember = (campaignId: string, customerId: string, now: Date): FissionMember => ({
  campaignId,
  customerId,
  inviterId: '',
  state: 'inviter',
  inviteeCount: 0,
  qualifiedCount: 0,
  rewardedCount: 0,
  conditionCount: 0,
  mergeCount: 0,
  joinedAt: now,
  deadlineAt: null,
  qualifiedAt: null,
});

/** How a member stands now: one whose time is over without the condition met has lapsed. */
export const shownState = ({ state, deadlineAt }: FissionMember, now: Date): MemberState | 'lapsed' =>
  state === 'joined' && deadlineAt && now > deadlineAt ? 'lapsed' : state;

/** Everything an accepted invitation may change. */
export interface InviteState {
  inviter: FissionMember;
  /** Who accepts; null when he is new to the campaign. */
  invitee: FissionMember | null;
  /** All customer ids of the invitee's person 自然人, his own among them. */
  inviteePersonIds: readonly string[];
  /**
   * Members above the inviter's person, up to the root, under all ids of each person on the way; only needed when the invitee's
   * person has invited others.
   */
  ancestorIds: readonly string[];
}

/**
 * Hangs a customer under his inviter.
 * @throws INVITE_TO_SELF, INVITER_FIXED, INVITE_CYCLE, INVITE_TREE_TOO_DEEP, INVITE_LIMIT_REACHED
 */
export function acceptInvite(
  { inviter, invitee, inviteePersonIds, ancestorIds }: InviteState,
  customerId: string,
  terms: FissionTerms,
  now: Date,
): { inviter: FissionMember; invitee: FissionMember } {
  if (customerId === inviter.customerId) throw inviteToSelf();
  if (invitee?.inviterId) throw refused('INVITER_FIXED', 'This customer was invited by somebody before.');
  if (inviteePersonIds.some((id) => ancestorIds.includes(id))) {
    throw refused('INVITE_CYCLE', 'This person has invited, over others, the one who invites him.');
  }
  if (ancestorIds.length >= TREE_DEPTH_MAX)
    throw refused('INVITE_TREE_TOO_DEEP', 'The chain of invitations is too long.');
  const { inviteeMaxPerPerson, conditionWithinSeconds } = terms;
  if (inviteeMaxPerPerson > 0 && inviter.inviteeCount >= inviteeMaxPerPerson) {
    throw refused('INVITE_LIMIT_REACHED', 'This customer has invited as many as he may.');
  }
  const held = invitee ?? newMember(inviter.campaignId, customerId, now);
  return {
    inviter: { ...inviter, inviteeCount: inviter.inviteeCount + 1 },
    invitee: {
      ...held,
      inviterId: inviter.customerId,
      state: 'joined',
      joinedAt: now,
      deadlineAt: new Date(now.getTime() + conditionWithinSeconds * 1000),
    },
  };
}

export const inviteToSelf = (): DomainError => refused('INVITE_TO_SELF', 'Nobody invites himself.');

/** Whether a deed of that time still counts for the member. */
export const isInTime = ({ state, joinedAt, deadlineAt }: FissionMember, at: Date): boolean =>
  state === 'joined' && at >= joinedAt && deadlineAt !== null && at <= deadlineAt;

/**
 * Notes deeds of an invited customer; when there are enough, he has qualified, once. The inviter is rewarded for so many as he
 * may, the invited one always. `rewardedElsewhere` is what the inviter's person has under other customer ids.
 */
export function noteDeeds(
  {
    inviter,
    invitee,
    rewardedElsewhere = 0,
  }: { inviter: FissionMember; invitee: FissionMember; rewardedElsewhere?: number },
  deedCount: number,
  terms: FissionTerms,
  now: Date,
): { inviter: FissionMember; invitee: FissionMember; isQualified: boolean; isInviterRewarded: boolean } {
  const needed = terms.condition.kind === 'fact' ? terms.condition.countMin : 1;
  // No further than is needed: it would tell how the deeds were gathered otherwise.
  const conditionCount = Math.min(needed, invitee.conditionCount + deedCount);
  const isDone = terms.condition.kind === 'joined' || conditionCount >= needed;
  if (invitee.state !== 'joined' || !isDone) {
    return { inviter, invitee: { ...invitee, conditionCount }, isQualified: false, isInviterRewarded: false };
  }
  const { rewardedMaxPerPerson: max } = terms;
  const isInviterRewarded = max === 0 || inviter.rewardedCount + rewardedElsewhere < max;
  return {
    inviter: {
      ...inviter,
      qualifiedCount: inviter.qualifiedCount + 1,
      rewardedCount: inviter.rewardedCount + (isInviterRewarded ? 1 : 0),
    },
    invitee: { ...invitee, conditionCount, state: 'qualified', qualifiedAt: now },
    isQualified: true,
    isInviterRewarded,
  };
}

/**
 * Takes a person's place at a device, one for all his customer ids.
 * @throws DEVICE_LIMIT_REACHED
 */
export function useDevice(
  customerIds: readonly string[],
  customerId: string,
  personMax: number,
  persons: Pick<Persons, 'othersOf'>,
): readonly string[] {
  if (customerIds.includes(customerId)) return customerIds;
  const isOf = (id: string, seated: readonly string[]): boolean =>
    persons.othersOf(id).some((other) => seated.includes(other));
  const personCount = customerIds.filter((id, index) => !isOf(id, customerIds.slice(0, index))).length;
  if (personCount >= personMax && !isOf(customerId, customerIds)) {
    throw refused('DEVICE_LIMIT_REACHED', 'As many persons as may take part with one device have done so.');
  }
  return [...customerIds, customerId];
}

/** Key of a device in a campaign: what the app calls it is personal, so only a keyed digest is kept. */
export const deviceKey = (campaignId: string, deviceId: string, key: Buffer): string =>
  `${campaignId}|${createHmac('sha256', key).update(`fission-device|${campaignId}|${deviceId}`).digest('base64url')}`;

/** The code of a customer's invite link: the same one every time, and not to be guessed. */
export const inviteCode = (campaignId: string, customerId: string, key: Buffer): string =>
  createHmac('sha256', key)
    .update(`fission-invite|${JSON.stringify([campaignId, customerId])}`)
    .digest('base64url')
    .slice(0, 22);
