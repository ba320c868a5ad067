import { Get, Injectable, Param, Query } from '@nestjs/common';
import { ListWalletRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { GetCustomerRequest, ListTimelineRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access } from '../access/access.decorator';
import type { AccessRule } from '../access/access-rules';
import { IdPipe } from '../http/id.pipe';
import { PageQuery } from '../http/page.query';
import { Endpoint } from '../openapi/endpoint.decorator';
import { Peers } from '../peers/peers';
import { WalletQuery } from '../requests/wallet.query';
import { CustomerWalletResponse } from '../responses/benefits/instance.response';
import { GetCustomerResponse } from '../responses/customers/customer.response';
import { ListTimelineResponse } from '../responses/customers/timeline.response';

/** What staff read of one customer, the same for each audience of theirs. */
export function customerReads(access: AccessRule) {
  @Injectable()
  abstract class CustomerReadsController {
    constructor(readonly peers: Peers) {}

    @Get('by-external-id/:externalId')
    @Access(access)
    @Endpoint({
      summary: 'The customer of an id of the core bank.',
      answer: GetCustomerResponse,
      reasons: ['CUSTOMER_NOT_FOUND'],
    })
    find(@Param('externalId', IdPipe) externalId: string): Promise<GetCustomerResponse> {
      return this.peers.customers.getCustomer(GetCustomerRequest.fromPartial({ externalId }));
    }

    @Get(':customerId')
    @Access(access)
    @Endpoint({
      summary: 'Unified view of a customer 统一客户视图.',
      answer: GetCustomerResponse,
      reasons: ['CUSTOMER_NOT_FOUND'],
    })
    get(@Param('customerId', IdPipe) customerId: string): Promise<GetCustomerResponse> {
      return this.peers.customers.getCustomer(GetCustomerRequest.fromPartial({ customerId }));
    }

    @Get(':customerId/timeline')
    @Access(access)
    @Endpoint({
      summary: 'Facts and touches of all profiles of the person, newest first.',
      answer: ListTimelineResponse,
    })
    timeline(@Param('customerId', IdPipe) customerId: string, @Query() page: PageQuery): Promise<ListTimelineResponse> {
      return this.peers.customers.listTimeline(ListTimelineRequest.fromPartial({ ...page, customerId }));
    }

    @Get(':customerId/wallet')
    @Access(access)
    @Endpoint({
      summary: 'The customer’s benefits, as one list or in groups.',
      answer: CustomerWalletResponse,
      reasons: ['CUSTOMER_NOT_FOUND', 'PAGE_TOKEN_INVALID'],
    })
    wallet(
      @Param('customerId', IdPipe) customerId: string,
      @Query() query: WalletQuery,
    ): Promise<CustomerWalletResponse> {
      const request = ListWalletRequest.fromPartial({ ...query, customerId });
      return this.ofCustomer(customerId, () => this.peers.benefits.listWallet(request));
    }

    /** Only the customers service knows whose customer it is; it refuses staff of other branches. */
    async ofCustomer<T>(customerId: string, ask: () => Promise<T>): Promise<T> {
      const [answer] = await Promise.all([
        ask(),
        this.peers.customers.getCustomer(GetCustomerRequest.fromPartial({ customerId })),
      ]);
      return answer;
    }
  }
  return CustomerReadsController;
}
