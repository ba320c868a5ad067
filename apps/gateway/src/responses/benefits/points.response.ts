import type * as rpc from '@tidegate/contracts/benefits/v1/points';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';

/** How a transaction earns. */
export class PointsTerms implements rpc.PointsTerms {
  @shown.text('ISO 4217; only transactions in it earn.') currency!: string;
  @shown.texts('Operations that earn; empty for all.') operations!: string[];
  @shown.texts('Channels that earn; empty for all.') channels!: string[];
  @shown.whole('Smallest amount that earns; 0 for none.') amountMinorMin!: number;
  @shown.whole('Every so many minor units, rounded down, earn pointsPerStep.') stepAmountMinor!: number;
  @shown.whole() pointsPerStep!: number;
  @shown.whole('0 for none.') pointsMaxPerTransaction!: number;
  @shown.whole('0 for none.') pointsMaxPerDay!: number;
  @shown.whole('0 for none.') pointsMaxPerMonth!: number;
  @shown.whole('Points live to the end of the month so many on.') validMonths!: number;
  @shown.text('IANA name.') timeZone!: string;
}

/** A rule of earning points 积分. */
export class PointsRule implements rpc.PointsRule {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => PointsTerms) terms!: PointsTerms | undefined;
}

export class CreatePointsRuleResponse implements rpc.CreatePointsRuleResponse {
  @shown.part(() => PointsRule) rule!: PointsRule | undefined;
}

export class MovePointsRuleResponse implements rpc.MovePointsRuleResponse {
  @shown.part(() => PointsRule) rule!: PointsRule | undefined;
}

export class ListPointsRulesResponse implements rpc.ListPointsRulesResponse {
  @shown.parts(() => PointsRule) rules!: PointsRule[];
  @shown.text() nextPageToken!: string;
}

/** What one rule gave. */
export class PointsAward implements rpc.PointsAward {
  @shown.text() ruleId!: string;
  @shown.whole() points!: number;
  @shown.whole('What was cut by the rule’s caps.') cappedPoints!: number;
}

/** One line of a points history. */
export class PointsEntry implements rpc.PointsEntry {
  @shown.text() entryId!: string;
  @shown.text() customerId!: string;
  @shown.text('One of: earn, reverse, reward, spend, return, expire.') kind!: string;
  @shown.whole('Positive in, negative out.') points!: number;
  @shown.whole() balanceAfter!: number;
  @shown.text('The transaction, reward, exchange or moment of expiry.') reference!: string;
  @shown.parts(() => PointsAward, 'For kind earn.') awards!: PointsAward[];
  @shown.time() occurredAt!: Date | undefined;
  @shown.time() bookedAt!: Date | undefined;
  @shown.whole('Of kind reverse: earned, but spent or expired, and so not taken.') shortPoints!: number;
  @shown.text('Of kind reverse, to staff: why points were taken back.') reason!: string;
  @shown.text('Of kind reverse, to staff: who did it.') actorId!: string;
}

/** What became of one reversal. */
export class ReverseResult implements rpc.ReverseResult {
  @shown.part(() => PointsEntry, 'Its points are what was taken; left out when reason is set.')
  entry!: PointsEntry | undefined;
  @shown.flag('The transaction was reversed before.') isRepeat!: boolean;
  @shown.text('TRANSACTION_NOT_FOUND, or empty.') reason!: string;
}

export class ReversePointsResponse implements rpc.ReversePointsResponse {
  @shown.parts(() => ReverseResult, 'In the order of the reversals.') results!: ReverseResult[];
}

/** Points that expire together. */
export class PointsLot implements rpc.PointsLot {
  @shown.whole() points!: number;
  @shown.time() expiresAt!: Date | undefined;
}

export class GetPointsBalanceResponse implements rpc.GetPointsBalanceResponse {
  @shown.whole('What can be spent now.') points!: number;
  @shown.parts(() => PointsLot, 'Soonest to expire first.') lots!: PointsLot[];
  @shown.time() serverTime!: Date | undefined;
}

export class ListPointsEntriesResponse implements rpc.ListPointsEntriesResponse {
  @shown.parts(() => PointsEntry) entries!: PointsEntry[];
  @shown.text() nextPageToken!: string;
}
