import { refused } from '@tidegate/errors';
import type { Persons } from '../../domain/person';
import type { Deed, FissionTerms } from './fission-campaign';
import { inviteToSelf, isInTime, type FissionMember } from './fission-member';

/** The natural persons 自然人 on both sides of an invitation. */
export interface InvitePersons {
  /** Inviter and invited are the same. */
  isOne: boolean;
  /** All customer ids of the invited one's person, his own among them. */
  inviteePersonIds: readonly string[];
  /** What they do in the campaign under other customer ids. */
  ofInviter: readonly FissionMember[];
  ofInvitee: readonly FissionMember[];
}

/**
 * Whether persons may do what each of their customer ids may.
 * @throws INVITE_TO_SELF, INVITER_FIXED, INVITE_LIMIT_REACHED
 */
export function requirePersons(
  { isOne, ofInviter, ofInvitee }: InvitePersons,
  inviter: FissionMember,
  { inviteeMaxPerPerson }: FissionTerms,
): void {
  if (isOne) throw inviteToSelf();
  if (ofInvitee.some(({ inviterId }) => inviterId !== '')) {
    throw refused('INVITER_FIXED', 'This person was invited by somebody before, under another customer id.');
  }
  const invited = ofInviter.reduce((sum, { inviteeCount }) => sum + inviteeCount, inviter.inviteeCount);
  if (inviteeMaxPerPerson > 0 && invited >= inviteeMaxPerPerson) {
    throw refused('INVITE_LIMIT_REACHED', 'This person has invited as many as he may, under all his customer ids.');
  }
}

/** Rewards that a person has under other customer ids. */
export const rewardedElsewhere = (others: readonly FissionMember[]): number =>
  others.reduce((sum, { rewardedCount }) => sum + rewardedCount, 0);

/** Whether a person has invited others under any of his customer ids: then somebody may stand above his inviter who is himself. */
export const bringsTree = (invitee: FissionMember | null, { isOne, ofInvitee }: InvitePersons): boolean =>
  !isOne && [invitee, ...ofInvitee].some((member) => (member?.inviteeCount ?? 0) > 0);

/**
 * For whom of the invited members of a campaign a deed counts: for the customer who did it when he was invited, else for another profile of
 * his person, the one who joined first. Nobody when it is not in his time, or he has met the condition.
 */
export function memberOf(
  { customerId, happenedAt }: Pick<Deed, 'customerId' | 'happenedAt'>,
  members: readonly FissionMember[],
  persons: Persons,
): FissionMember | undefined {
  const own = members.filter((member) => member.customerId === customerId);
  const others = persons.othersOf(customerId);
  const open = (own.length > 0 ? own : members.filter((member) => others.includes(member.customerId))).filter(
    (member) => isInTime(member, happenedAt),
  );
  return open.toSorted((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime())[0];
}
