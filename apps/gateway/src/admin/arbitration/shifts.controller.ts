import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListCapacitySlotsRequest,
  ListShiftsRequest,
  PutShiftPlanRequest,
  PutShiftRequest,
} from '@tidegate/contracts/arbitration/v1/shifts';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, ROSTER_READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ListCapacitySlotsResponse,
  ListShiftsResponse,
  PutShiftPlanResponse,
  PutShiftResponse,
  RemoveShiftResponse,
} from '../../responses/arbitration/shift.response';
import { CapacitySlotsQuery, ShiftBody, ShiftPlanBody } from './shifts.request';

@ApiTags('Capacity')
@Controller('admin/v1')
export class AdminShiftsController {
  constructor(private readonly peers: Peers) {}

  @Put('shift-plans/:queue')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sets how a queue’s shifts 班次 become slots of capacity.',
    answer: PutShiftPlanResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  putPlan(
    @Param('queue', IdPipe) queue: string,
    @Body() body: ShiftPlanBody,
    @RequestId() requestId: string,
  ): Promise<PutShiftPlanResponse> {
    return this.peers.shifts.putShiftPlan(PutShiftPlanRequest.fromPartial({ requestId, plan: { ...body, queue } }));
  }

  @Get('shift-plans/:queue/shifts')
  @Access(ROSTER_READER)
  @Endpoint({
    summary: 'Pages the shifts of a queue, with its plan.',
    answer: ListShiftsResponse,
    reasons: ['SHIFT_PLAN_NOT_FOUND'],
  })
  list(@Param('queue', IdPipe) queue: string, @Query() page: PageQuery): Promise<ListShiftsResponse> {
    return this.peers.shifts.listShifts(ListShiftsRequest.fromPartial({ ...page, queue }));
  }

  @Put('shifts/:shiftId')
  @Access(ADMIN)
  @Endpoint({
    summary:
      'Creates or replaces a shift; its days ahead get their units at once, and promises of units that are gone move.',
    answer: PutShiftResponse,
    reasons: ['SHIFT_PLAN_NOT_FOUND', 'SHIFT_FIXED', 'SHIFTS_FULL'],
  })
  put(
    @Param('shiftId', IdPipe) shiftId: string,
    @Body() body: ShiftBody,
    @RequestId() requestId: string,
  ): Promise<PutShiftResponse> {
    return this.peers.shifts.putShift(PutShiftRequest.fromPartial({ requestId, shift: { ...body, shiftId } }));
  }

  @Delete('shifts/:shiftId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Takes a shift out: what was promised of it moves to the next free slots.',
    answer: RemoveShiftResponse,
    reasons: ['SHIFT_NOT_FOUND'],
  })
  remove(
    @Param('shiftId', IdPipe) shiftId: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<RemoveShiftResponse> {
    return this.peers.shifts.removeShift({ requestId, shiftId });
  }

  @Get('capacity-slots')
  @Access(ROSTER_READER)
  @Endpoint({
    summary: 'Planned, reserved, used and free units of a queue, a team or a person by slot.',
    answer: ListCapacitySlotsResponse,
    reasons: ['SHIFT_PLAN_NOT_FOUND'],
  })
  listSlots(@Query() query: CapacitySlotsQuery): Promise<ListCapacitySlotsResponse> {
    return this.peers.shifts.listCapacitySlots(ListCapacitySlotsRequest.fromPartial(query));
  }
}
