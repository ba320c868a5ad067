import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

/** At most max_count contacts in a window. */
export class ContactLimit implements rpc.ContactLimit {
  @shown.text('overall, channel, group.') scope!: string;
  @shown.text('The channel or group; empty for each.') key!: string;
  @shown.whole() maxCount!: number;
  @shown.whole() windowDays!: number;
  @shown.text("rolling or calendar (days of the bank's zone).") window!: string;
}

export class QuietHours implements rpc.QuietHours {
  @shown.text() channel!: string;
  @shown.whole('Minutes of the local day; from > to wraps over midnight.') fromMinute!: number;
  @shown.whole() toMinute!: number;
  @shown.flag("Also quiet on days that China's calendar calls non-working (adjusted days count as working).")
  isQuietOnHolidays!: boolean;
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
}

export class PutContactPolicyResponse implements rpc.PutContactPolicyResponse {
  @shown.part(() => ContactPolicy) policy!: ContactPolicy | undefined;
}

export class GetContactPolicyResponse implements rpc.GetContactPolicyResponse {
  @shown.part(() => ContactPolicy) policy!: ContactPolicy | undefined;
}
