import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';

export class OrgUnit implements rpc.OrgUnit {
  @shown.text('e.g. hq/east/shanghai/outlet-01; the parent is the path without its last part.') orgPath!: string;
  @shown.text() name!: string;
  @shown.text('head_office, branch, sub_branch, outlet.') kind!: string;
}

export class PutOrgUnitResponse implements rpc.PutOrgUnitResponse {
  @shown.part(() => OrgUnit) orgUnit!: OrgUnit | undefined;
}

export class ListOrgUnitsResponse implements rpc.ListOrgUnitsResponse {
  @shown.parts(() => OrgUnit) orgUnits!: OrgUnit[];
  @shown.text() nextPageToken!: string;
}
