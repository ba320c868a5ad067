import { Injectable } from '@nestjs/common';
import { StaffChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { notFound } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireStaffOf } from '../../../merchant-access';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import { putMember, type StaffMember } from '../../domain/staff-member';
import { StaffRepository } from '../../repositories/staff.repository';
import type { PutStaffMemberInput } from '../../staff.request';

/** Enters a person of the staff, or changes name and place; both places are the actor's to rule. */
@Injectable()
export class PutStaffMemberUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly staff: StaffRepository,
    private readonly units: OrgUnitRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STAFF_ONLY, ORG_OUT_OF_SCOPE, ORG_UNIT_NOT_FOUND, STAFF_SELF_CHANGE, REQUEST_ID_REUSED */
  async execute({ requestId, ...terms }: PutStaffMemberInput, actor: Actor): Promise<StaffMember> {
    requireStaffOf(actor, terms.orgPath);
    return this.mongo.once({ scope: 'put-staff-member', requestId, input: terms }, async (tx) => {
      const existing = await this.staff.find(terms.staffId, tx);
      if (existing) requireStaffOf(actor, existing.orgPath);
      if (!(await this.units.exists(terms.orgPath, tx))) {
        throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
      }
      const member = putMember(terms, existing, { actorId: actor.id, now: this.clock.now() });
      await this.staff.save(member, tx);
      tx.emit(event(StaffChanged, member.staffId, { member }));
      return member;
    });
  }
}
