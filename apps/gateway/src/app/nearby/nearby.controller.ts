import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FindNearbyActivitiesRequest, FindNearbyStoresRequest } from '@tidegate/contracts/merchants/v1/nearby';
import { Access } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { FindNearbyActivitiesResponse, FindNearbyStoresResponse } from '../../responses/merchants/nearby.response';
import { NearbyQuery } from './nearby.request';

@ApiTags('Nearby')
@Controller('app/v1/nearby')
export class AppNearbyController {
  constructor(private readonly peers: Peers) {}

  @Get('stores')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages stores by distance, with their opening hours.', answer: FindNearbyStoresResponse })
  stores(@Query() query: NearbyQuery): Promise<FindNearbyStoresResponse> {
    return this.peers.nearby.findNearbyStores(FindNearbyStoresRequest.fromPartial(query));
  }

  @Get('activities')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Pages activities by distance, with their hours.', answer: FindNearbyActivitiesResponse })
  activities(@Query() query: NearbyQuery): Promise<FindNearbyActivitiesResponse> {
    return this.peers.nearby.findNearbyActivities(FindNearbyActivitiesRequest.fromPartial(query));
  }
}
