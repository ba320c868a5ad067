import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { OrgUnit } from '../../domain/org-unit';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../page.request';
import { OrgUnitRepository } from '../../repositories/org-unit.repository';
import type { ListOrgUnitsInput } from './list-org-units.request';

/** A unit and those below it that the actor may see, by path. */
@Injectable()
export class ListOrgUnitsUseCase {
  constructor(private readonly units: OrgUnitRepository) {}

  /** @throws ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: ListOrgUnitsInput, actor: Actor): Promise<{ orgUnits: OrgUnit[]; nextPageToken: string }> {
    const scope = input.orgPath || (actor.kind === 'staff' ? actor.orgPath : '');
    requireOrgScope(actor, scope);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const orgUnits = await this.units.listWithin(scope, limit, after);
    const last = orgUnits.length === limit ? orgUnits.at(-1) : undefined;
    return { orgUnits, nextPageToken: last ? encodePageToken([last.orgPath]) : '' };
  }
}
