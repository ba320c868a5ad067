import { Module } from '@nestjs/common';
import { NetworkModule } from '../network.module';
import { StaffRepository } from './repositories/staff.repository';
import { StaffController } from './staff.controller';
import { GetStaffMemberUseCase } from './use-cases/get-staff-member/get-staff-member.use-case';
import { ListStaffMembersUseCase } from './use-cases/list-staff-members/list-staff-members.use-case';
import { MoveStaffMemberUseCase } from './use-cases/move-staff-member/move-staff-member.use-case';
import { PutStaffMemberUseCase } from './use-cases/put-staff-member/put-staff-member.use-case';

/** Staff of the organisation tree. */
@Module({
  imports: [NetworkModule],
  controllers: [StaffController],
  providers: [
    StaffRepository,
    PutStaffMemberUseCase,
    MoveStaffMemberUseCase,
    GetStaffMemberUseCase,
    ListStaffMembersUseCase,
  ],
})
export class StaffModule {}
