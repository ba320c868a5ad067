import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FindNearbyActivitiesRequest, FindNearbyStoresRequest } from '@tidegate/contracts/merchants/v1/nearby';
import { Access } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { FindNearbyActivitiesResponse, FindNearbyStoresResponse } from '../../responses/merchants/nearby.response';
import { isUsedAtStores } from '../wallet/offered-stock.response';
import { NearbyQuery, NearbyStoresQuery } from './nearby.request';

@ApiTags('Nearby')
@Controller('app/v1/nearby')
export class AppNearbyController {
  constructor(private readonly peers: Peers) {}

  @Get('stores')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages stores by distance, with their opening hours; of a stock those where its benefits may be used.',
    answer: FindNearbyStoresResponse,
    reasons: ['STOCK_NOT_FOUND'],
  })
  async stores(@Query() { stockId, ...query }: NearbyStoresQuery): Promise<FindNearbyStoresResponse> {
    const { stock } = stockId ? await this.peers.benefits.getStock({ stockId }) : {};
    if (stock && !isUsedAtStores(stock)) return { stores: [], nextPageToken: '' };
    const { merchantIds, storeIds, outletPaths } = stock ?? {};
    const request = FindNearbyStoresRequest.fromPartial({ ...query, merchantIds, storeIds, outletPaths });
    return this.peers.nearby.findNearbyStores(request);
  }

  @Get('activities')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages activities by distance, with their hours.', answer: FindNearbyActivitiesResponse })
  activities(@Query() query: NearbyQuery): Promise<FindNearbyActivitiesResponse> {
    return this.peers.nearby.findNearbyActivities(FindNearbyActivitiesRequest.fromPartial(query));
  }
}
