import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireStaffOf } from '../../../merchant-access';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageInput } from '../../../page.request';
import type { StaffMember } from '../../domain/staff-member';
import { StaffRepository } from '../../repositories/staff.repository';

/** Staff of the actor's organisation and below, by id. */
@Injectable()
export class ListStaffMembersUseCase {
  constructor(private readonly staff: StaffRepository) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(input: PageInput, actor: Actor): Promise<{ members: StaffMember[]; nextPageToken: string }> {
    requireStaffOf(actor, actor.orgPath);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const members = await this.staff.list(actor.kind === 'staff' ? actor.orgPath : '', limit, after);
    const last = members.length === limit ? members.at(-1) : undefined;
    return { members, nextPageToken: last ? encodePageToken([last.staffId]) : '' };
  }
}
