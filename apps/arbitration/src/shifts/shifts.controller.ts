import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/arbitration/v1/shifts';
import { actorOf, GrpcController, requireHeadOffice, validated, type Handlers } from '@tidegate/grpc';
import type { Shift } from './domain/shift';
import { ListCapacitySlotsInput } from './use-cases/list-capacity-slots/list-capacity-slots.request';
import { ListCapacitySlotsUseCase } from './use-cases/list-capacity-slots/list-capacity-slots.use-case';
import { ListShiftsInput } from './use-cases/list-shifts/list-shifts.request';
import { ListShiftsUseCase } from './use-cases/list-shifts/list-shifts.use-case';
import { PutShiftInput } from './use-cases/put-shift/put-shift.request';
import { PutShiftUseCase } from './use-cases/put-shift/put-shift.use-case';
import { PutShiftPlanInput } from './use-cases/put-shift-plan/put-shift-plan.request';
import { PutShiftPlanUseCase } from './use-cases/put-shift-plan/put-shift-plan.use-case';
import { RemoveShiftInput } from './use-cases/remove-shift/remove-shift.request';
import { RemoveShiftUseCase } from './use-cases/remove-shift/remove-shift.use-case';

type Rpcs = Handlers<typeof rpc.ShiftsServiceService>;

/** The inlets of shifts 班次: validate, call, map. */
@GrpcController(rpc.ShiftsServiceService)
export class ShiftsController implements Rpcs {
  constructor(
    private readonly putShiftPlanUseCase: PutShiftPlanUseCase,
    private readonly putShiftUseCase: PutShiftUseCase,
    private readonly removeShiftUseCase: RemoveShiftUseCase,
    private readonly listShiftsUseCase: ListShiftsUseCase,
    private readonly listCapacitySlotsUseCase: ListCapacitySlotsUseCase,
  ) {}

  async putShiftPlan(request: rpc.PutShiftPlanRequest, metadata: Metadata): Promise<rpc.PutShiftPlanResponse> {
    requireHeadOffice(actorOf(metadata));
    return { plan: await this.putShiftPlanUseCase.execute(validated(PutShiftPlanInput, request)) };
  }

  async putShift(request: rpc.PutShiftRequest, metadata: Metadata): Promise<rpc.PutShiftResponse> {
    const shift = await this.putShiftUseCase.execute(validated(PutShiftInput, request), actorOf(metadata));
    return { shift: toShiftMessage(shift) };
  }

  async removeShift(request: rpc.RemoveShiftRequest, metadata: Metadata): Promise<rpc.RemoveShiftResponse> {
    await this.removeShiftUseCase.execute(validated(RemoveShiftInput, request), actorOf(metadata));
    return {};
  }

  async listShifts(request: rpc.ListShiftsRequest, metadata: Metadata): Promise<rpc.ListShiftsResponse> {
    const input = validated(ListShiftsInput, request);
    const { shifts, ...rest } = await this.listShiftsUseCase.execute(input, actorOf(metadata));
    return { ...rest, shifts: shifts.map(toShiftMessage) };
  }

  async listCapacitySlots(
    request: rpc.ListCapacitySlotsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListCapacitySlotsResponse> {
    const input = validated(ListCapacitySlotsInput, request);
    return { slots: await this.listCapacitySlotsUseCase.execute(input, actorOf(metadata)) };
  }
}

const toShiftMessage = (shift: Shift): rpc.Shift => ({
  ...shift,
  weekdays: [...shift.weekdays],
  breaks: [...shift.breaks],
  exceptions: shift.exceptions.map(({ day, hours }) => ({ day, hours: hours ?? undefined })),
});
