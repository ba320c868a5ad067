import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListStaffMembersRequest } from '@tidegate/contracts/merchants/v1/staff';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListStaffMembersResponse, StaffMemberResponse } from '../../responses/merchants/staff.response';
import { StaffMemberRequest, StaffStateRequest } from './staff.request';

@ApiTags('Organisation')
@Controller('admin/v1/staff')
export class AdminStaffController {
  constructor(private readonly peers: Peers) {}

  @Put(':staffId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Enters a person of the staff 员工, or changes name and place.',
    answer: StaffMemberResponse,
    reasons: ['ORG_UNIT_NOT_FOUND', 'STAFF_SELF_CHANGE'],
  })
  put(
    @Param('staffId', IdPipe) staffId: string,
    @Body() body: StaffMemberRequest,
    @RequestId() requestId: string,
  ): Promise<StaffMemberResponse> {
    return this.peers.staff.putStaffMember({ ...body, requestId, staffId });
  }

  @Post(':staffId/state')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Suspends a person, lets him go 离职, or takes him back: his tokens are refused, or good, at once.',
    answer: StaffMemberResponse,
    reasons: ['STAFF_NOT_FOUND', 'STAFF_MOVE_NOT_ALLOWED', 'STAFF_SELF_CHANGE'],
  })
  move(
    @Param('staffId', IdPipe) staffId: string,
    @Body() body: StaffStateRequest,
    @RequestId() requestId: string,
  ): Promise<StaffMemberResponse> {
    return this.peers.staff.moveStaffMember({ ...body, requestId, staffId });
  }

  @Get(':staffId')
  @Access(READER)
  @Endpoint({ summary: 'One person of the staff.', answer: StaffMemberResponse, reasons: ['STAFF_NOT_FOUND'] })
  get(@Param('staffId', IdPipe) staffId: string): Promise<StaffMemberResponse> {
    return this.peers.staff.getStaffMember({ staffId });
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages staff of the own organisation and below.', answer: ListStaffMembersResponse })
  list(@Query() query: PageQuery): Promise<ListStaffMembersResponse> {
    return this.peers.staff.listStaffMembers(ListStaffMembersRequest.fromPartial(query));
  }
}
