import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { BenefitClaimed } from '@tidegate/contracts/benefits/v1/benefits_events';
import type * as rpc from '@tidegate/contracts/benefits/v1/fission';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { Actor } from '@tidegate/observability';
import type { Deed } from './domain/fission-campaign';
import { shownState, type FissionMember } from './domain/fission-member';

/** A member as a message; who he is stays hidden from other customers. */
export const memberMessage = (member: FissionMember, reader: Actor, now: Date): rpc.FissionMember => {
  const isHidden = reader.kind === 'customer';
  const show = (customerId: string): string => (isHidden && customerId !== reader.id ? '' : customerId);
  return {
    campaignId: member.campaignId,
    customerId: show(member.customerId),
    inviterId: show(member.inviterId),
    state: shownState(member, now),
    inviteeCount: member.inviteeCount,
    qualifiedCount: member.qualifiedCount,
    rewardedCount: member.rewardedCount,
    conditionCount: member.conditionCount,
    joinedAt: member.joinedAt,
    deadlineAt: member.deadlineAt ?? undefined,
    qualifiedAt: member.qualifiedAt ?? undefined,
  };
};

/** What facts and events of the wallet tell of a customer's deeds. */
export function factDeed({ customerId, factType, data, occurredAt }: FactRecorded, toldAt: Date): Deed {
  const amountMinor = (data as Record<string, unknown> | undefined)?.['amountMinor'];
  return {
    kind: 'fact',
    customerId,
    factType,
    amountMinor: typeof amountMinor === 'number' && Number.isSafeInteger(amountMinor) ? amountMinor : 0,
    stockId: '',
    happenedAt: occurredAt ?? toldAt,
  };
}

export const claimDeed = ({ customerId, stockId, claimedAt }: BenefitClaimed, toldAt: Date): Deed => ({
  kind: 'claim',
  customerId,
  factType: '',
  amountMinor: 0,
  stockId,
  happenedAt: claimedAt ?? toldAt,
});

export const redemptionDeed = ({ customerId, stockId, redeemedAt }: Redemption, toldAt: Date): Deed => ({
  kind: 'redemption',
  customerId,
  factType: '',
  amountMinor: 0,
  stockId,
  happenedAt: redeemedAt ?? toldAt,
});
