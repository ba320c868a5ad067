import type * as rpc from '@tidegate/contracts/arbitration/v1/shifts';
import { shown } from '../../http/shown';

export class ShiftPlan implements rpc.ShiftPlan {
  @shown.text() queue!: string;
  @shown.text() orgPath!: string;
  @shown.whole() slotMinutes!: number;
  @shown.whole('Days ahead of today that are planned.') daysAhead!: number;
}

export class MinuteSpan implements rpc.MinuteSpan {
  @shown.whole('Minute of the bank’s day.') fromMinute!: number;
  @shown.whole('Not included.') toMinute!: number;
}

export class ShiftException implements rpc.ShiftException {
  @shown.text() day!: string;
  @shown.part(() => MinuteSpan, 'Off that day when absent.') hours!: MinuteSpan | undefined;
}

export class Shift implements rpc.Shift {
  @shown.text() shiftId!: string;
  @shown.text() queue!: string;
  @shown.text('The agent’s token subject.') personId!: string;
  @shown.text() teamId!: string;
  @shown.wholes('1 Monday to 7 Sunday.') weekdays!: number[];
  @shown.part(() => MinuteSpan) hours!: MinuteSpan | undefined;
  @shown.parts(() => MinuteSpan) breaks!: MinuteSpan[];
  @shown.whole() unitsPerHour!: number;
  @shown.whole() minutesPerContact!: number;
  @shown.flag() followsCalendar!: boolean;
  @shown.text() firstDay!: string;
  @shown.text('Empty for no end.') lastDay!: string;
  @shown.parts(() => ShiftException) exceptions!: ShiftException[];
}

export class CapacitySlot implements rpc.CapacitySlot {
  @shown.text('2026-03-02T09:30, or a day that was put without parts.') slot!: string;
  @shown.time() startsAt!: Date | undefined;
  @shown.time() endsAt!: Date | undefined;
  @shown.whole() planned!: number;
  @shown.whole() reserved!: number;
  @shown.whole() used!: number;
  @shown.whole() free!: number;
}

export class PutShiftPlanResponse implements rpc.PutShiftPlanResponse {
  @shown.part(() => ShiftPlan) plan!: ShiftPlan | undefined;
}

export class PutShiftResponse implements rpc.PutShiftResponse {
  @shown.part(() => Shift) shift!: Shift | undefined;
}

export class RemoveShiftResponse implements rpc.RemoveShiftResponse {}

export class ListShiftsResponse implements rpc.ListShiftsResponse {
  @shown.part(() => ShiftPlan) plan!: ShiftPlan | undefined;
  @shown.parts(() => Shift) shifts!: Shift[];
  @shown.text() nextPageToken!: string;
}

export class ListCapacitySlotsResponse implements rpc.ListCapacitySlotsResponse {
  @shown.parts(() => CapacitySlot) slots!: CapacitySlot[];
}
