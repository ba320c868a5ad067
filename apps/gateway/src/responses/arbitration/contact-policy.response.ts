import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

/** At most max_count contacts in a window. */
export class ContactLimit implements rpc.ContactLimit {
  @shown.text('overall, channel, group.') scope!: string;
  @shown.text('The channel or group; empty for each.') key!: string;
  @shown.whole() maxCount!: number;
  @shown.whole('0 for calendar_week and calendar_month.') windowDays!: number;
  @shown.text("rolling, calendar (days of the bank's zone), calendar_week (from Monday) or calendar_month.")
  window!: string;
  @shown.text('marketing (also when empty) or service; each is counted apart.') purpose!: string;
}

export class QuietHours implements rpc.QuietHours {
  @shown.text() channel!: string;
  @shown.whole('Minutes of the local day; from > to wraps over midnight.') fromMinute!: number;
  @shown.whole() toMinute!: number;
  @shown.flag("Also quiet on days on which the bank's calendar has no work (adjusted days are worked).")
  isQuietOnHolidays!: boolean;
  @shown.text('discard (also when empty) or queue.') mode!: string;
  @shown.flag('Messages of purpose service go out all the same.') isServiceExempt!: boolean;
}

/** Multiplies the context weight of a channel, a moment, or both. */
export class ContextWeight implements rpc.ContextWeight {
  @shown.text('Empty for any.') channel!: string;
  @shown.text("Id of a moment rule, or what a pull's context names as moment; empty for any.") moment!: string;
  @shown.decimal() weight!: number;
}

/** After count outcomes of a kind within within_days, the action or its group pauses for pause_days. */
export class Suppression implements rpc.Suppression {
  @shown.text() outcome!: string;
  @shown.whole() count!: number;
  @shown.whole() withinDays!: number;
  @shown.whole() pauseDays!: number;
  @shown.text('action or group.') scope!: string;
}

export class ContactPolicy implements rpc.ContactPolicy {
  @shown.parts(() => ContactLimit) limits!: ContactLimit[];
  @shown.parts(() => QuietHours) quietHours!: QuietHours[];
  @shown.parts(() => Suppression) suppressions!: Suppression[];
  @shown.whole('Global control group, 0..2000 basis points.') globalHoldoutBasisPoints!: number;
  @shown.text() timeZone!: string;
  @shown.whole('Reserved contacts without outcome free themselves after so long.') reservationTtlSeconds!: number;
  @shown.whole() version!: number;
  @shown.parts(() => ContextWeight) contextWeights!: ContextWeight[];
  @shown.whole('From this age on the elder rule holds; 0 for none.') elderAgeYears!: number;
  @shown.texts('Channels not used for elders.') elderExcludedChannels!: string[];
  @shown.text('Customers with this tag are promoted to by people alone.') staffedTag!: string;
  @shown.whole('Decisions are kept so long; 0 reads as 1095.') decisionRetentionDays!: number;
}

export class PutContactPolicyResponse implements rpc.PutContactPolicyResponse {
  @shown.part(() => ContactPolicy) policy!: ContactPolicy | undefined;
  @shown.text('The last day whose holidays are known; after it quiet hours of holidays know weekends alone.')
  calendarKnownUntil!: string;
}

export class GetContactPolicyResponse implements rpc.GetContactPolicyResponse {
  @shown.part(() => ContactPolicy) policy!: ContactPolicy | undefined;
  @shown.text('The last day whose holidays are known; after it quiet hours of holidays know weekends alone.')
  calendarKnownUntil!: string;
}
