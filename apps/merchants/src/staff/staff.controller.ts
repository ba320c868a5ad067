import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/staff';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { PageInput } from '../page.request';
import { StaffRepository } from './repositories/staff.repository';
import { MoveStaffMemberInput, PutStaffMemberInput, StaffIdInput } from './staff.request';
import { GetStaffMemberUseCase } from './use-cases/get-staff-member/get-staff-member.use-case';
import { ListStaffMembersUseCase } from './use-cases/list-staff-members/list-staff-members.use-case';
import { MoveStaffMemberUseCase } from './use-cases/move-staff-member/move-staff-member.use-case';
import { PutStaffMemberUseCase } from './use-cases/put-staff-member/put-staff-member.use-case';

type Rpcs = Handlers<typeof rpc.StaffServiceService>;

/** Every gRPC inlet of staff: validate, call, map. */
@GrpcController(rpc.StaffServiceService)
export class StaffController implements Rpcs {
  constructor(
    private readonly putStaffMemberUseCase: PutStaffMemberUseCase,
    private readonly moveStaffMemberUseCase: MoveStaffMemberUseCase,
    private readonly getStaffMemberUseCase: GetStaffMemberUseCase,
    private readonly listStaffMembersUseCase: ListStaffMembersUseCase,
    private readonly staff: StaffRepository,
  ) {}

  async putStaffMember(request: rpc.PutStaffMemberRequest, metadata: Metadata): Promise<rpc.PutStaffMemberResponse> {
    const input = validated(PutStaffMemberInput, request);
    return { member: await this.putStaffMemberUseCase.execute(input, actorOf(metadata)) };
  }

  async moveStaffMember(request: rpc.MoveStaffMemberRequest, metadata: Metadata): Promise<rpc.MoveStaffMemberResponse> {
    const input = validated(MoveStaffMemberInput, request);
    return { member: await this.moveStaffMemberUseCase.execute(input, actorOf(metadata)) };
  }

  async getStaffMember(request: rpc.GetStaffMemberRequest, metadata: Metadata): Promise<rpc.GetStaffMemberResponse> {
    const { staffId } = validated(StaffIdInput, request);
    return { member: await this.getStaffMemberUseCase.execute(staffId, actorOf(metadata)) };
  }

  async listStaffMembers(
    request: rpc.ListStaffMembersRequest,
    metadata: Metadata,
  ): Promise<rpc.ListStaffMembersResponse> {
    return this.listStaffMembersUseCase.execute(validated(PageInput, request), actorOf(metadata));
  }

  async getStaffStanding(request: rpc.GetStaffStandingRequest): Promise<rpc.GetStaffStandingResponse> {
    const member = await this.staff.find(validated(StaffIdInput, request).staffId);
    return { state: member?.state ?? '', orgPath: member?.orgPath ?? '' };
  }
}
