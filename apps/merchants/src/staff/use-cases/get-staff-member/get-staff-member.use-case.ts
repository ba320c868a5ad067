import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireStaffOf } from '../../../merchant-access';
import { staffNotFound, type StaffMember } from '../../domain/staff-member';
import { StaffRepository } from '../../repositories/staff.repository';

/** One person of the staff, for those who rule where he works. */
@Injectable()
export class GetStaffMemberUseCase {
  constructor(private readonly staff: StaffRepository) {}

  /** @throws STAFF_NOT_FOUND, STAFF_ONLY, ORG_OUT_OF_SCOPE */
  async execute(staffId: string, actor: Actor): Promise<StaffMember> {
    const member = await this.staff.find(staffId);
    if (!member) throw staffNotFound();
    requireStaffOf(actor, member.orgPath);
    return member;
  }
}
