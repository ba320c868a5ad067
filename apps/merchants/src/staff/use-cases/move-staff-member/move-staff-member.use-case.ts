import { Injectable } from '@nestjs/common';
import { StaffChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireStaffOf } from '../../../merchant-access';
import { moveMember, staffNotFound, type StaffMember } from '../../domain/staff-member';
import { StaffRepository } from '../../repositories/staff.repository';
import type { MoveStaffMemberInput } from '../../staff.request';

/** Suspends a person of the staff, lets him go, or takes him back. */
@Injectable()
export class MoveStaffMemberUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly staff: StaffRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STAFF_NOT_FOUND, STAFF_ONLY, ORG_OUT_OF_SCOPE, STAFF_MOVE_NOT_ALLOWED, STAFF_SELF_CHANGE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: MoveStaffMemberInput, actor: Actor): Promise<StaffMember> {
    const { staffId, ...move } = input;
    return this.mongo.once({ scope: 'move-staff-member', requestId, input }, async (tx) => {
      const existing = await this.staff.find(staffId, tx);
      if (!existing) throw staffNotFound();
      requireStaffOf(actor, existing.orgPath);
      const member = moveMember(existing, move, { actorId: actor.id, now: this.clock.now() });
      await this.staff.save(member, tx);
      tx.emit(event(StaffChanged, staffId, { member }));
      return member;
    });
  }
}
