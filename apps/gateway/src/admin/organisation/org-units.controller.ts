import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListOrgUnitsRequest, PutOrgUnitRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListOrgUnitsResponse, PutOrgUnitResponse } from '../../responses/merchants/org-unit.response';
import { OrgUnitBody, OrgUnitsQuery } from './org-units.request';

@ApiTags('Organisation')
@Controller('admin/v1/org-units')
export class AdminOrgUnitsController {
  constructor(private readonly peers: Peers) {}

  /** The path is in the body: it has slashes. */
  @Put()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or renames an organisation unit.',
    answer: PutOrgUnitResponse,
    reasons: ['ORG_PARENT_NOT_FOUND'],
  })
  put(@Body() orgUnit: OrgUnitBody, @RequestId() requestId: string): Promise<PutOrgUnitResponse> {
    return this.peers.merchants.putOrgUnit(PutOrgUnitRequest.fromPartial({ requestId, orgUnit }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages the units below a path.', answer: ListOrgUnitsResponse })
  list(@Query() query: OrgUnitsQuery): Promise<ListOrgUnitsResponse> {
    return this.peers.merchants.listOrgUnits(ListOrgUnitsRequest.fromPartial(query));
  }
}
