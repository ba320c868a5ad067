import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { parentPathOf, placeOrgUnit, type OrgUnit } from '../../domain/org-unit';
import { OrgUnitRepository } from '../../repositories/org-unit.repository';
import type { PutOrgUnitInput } from './put-org-unit.request';

/** Creates or renames a unit of the organisation. */
@Injectable()
export class PutOrgUnitUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly units: OrgUnitRepository,
  ) {}

  /** @throws ORG_OUT_OF_SCOPE, ORG_PARENT_NOT_FOUND, ORG_KIND_MISMATCH, HEAD_OFFICE_EXISTS, REQUEST_ID_REUSED */
  async execute({ requestId, orgUnit }: PutOrgUnitInput, actor: Actor): Promise<OrgUnit> {
    requireOrgScope(actor, orgUnit.orgPath);
    return this.mongo.once({ scope: 'put-org-unit', requestId, input: orgUnit }, async (tx) => {
      const parentPath = parentPathOf(orgUnit.orgPath);
      if (parentPath === undefined) await this.units.lockRoot(tx);
      const unit = placeOrgUnit(orgUnit, {
        hasParent: parentPath !== undefined && (await this.units.exists(parentPath, tx)),
        headOfficePath: parentPath === undefined ? await this.units.findHeadOfficePath(tx) : undefined,
      });
      await this.units.save(unit, tx);
      return unit;
    });
  }
}
