import { Get, Injectable, Param, Query } from '@nestjs/common';
import { ListExchangesRequest } from '@tidegate/contracts/benefits/v1/exchange';
import { ListMissionProgressRequest } from '@tidegate/contracts/benefits/v1/growth';
import { ListPointsEntriesRequest } from '@tidegate/contracts/benefits/v1/points';
import { ListRewardsRequest } from '@tidegate/contracts/benefits/v1/rewards';
import { GetSignInCalendarRequest } from '@tidegate/contracts/benefits/v1/sign_in';
import { Access } from '../access/access.decorator';
import type { AccessRule } from '../access/access-rules';
import { IdPipe } from '../http/id.pipe';
import { PageQuery } from '../http/page.query';
import { Endpoint } from '../openapi/endpoint.decorator';
import { CalendarQuery } from '../requests/calendar.query';
import { ListExchangesResponse } from '../responses/benefits/exchange.response';
import { GetGrowthResponse } from '../responses/benefits/growth.response';
import { ListMissionProgressResponse } from '../responses/benefits/mission.response';
import { GetPointsBalanceResponse, ListPointsEntriesResponse } from '../responses/benefits/points.response';
import { ListRewardsResponse } from '../responses/benefits/reward.response';
import { GetSignInCalendarResponse } from '../responses/benefits/sign-in.response';
import { customerReads } from './customer-reads.controller';

const PAGED = ['CUSTOMER_NOT_FOUND', 'PAGE_TOKEN_INVALID'];

/** What staff read of one customer, with what he has earned beside his wallet. */
export function customerBenefitReads(access: AccessRule) {
  @Injectable()
  abstract class CustomerBenefitReadsController extends customerReads(access) {
    @Get(':customerId/rewards')
    @Access(access)
    @Endpoint({
      summary: 'Pages the customer’s rewards, newest first: owed, granted or refused.',
      answer: ListRewardsResponse,
      reasons: PAGED,
    })
    rewards(@Param('customerId', IdPipe) customerId: string, @Query() page: PageQuery): Promise<ListRewardsResponse> {
      const request = ListRewardsRequest.fromPartial({ ...page, customerId });
      return this.ofCustomer(customerId, () => this.peers.rewards.listRewards(request));
    }

    @Get(':customerId/points')
    @Access(access)
    @Endpoint({
      summary: 'The customer’s points 积分, and what expires when.',
      answer: GetPointsBalanceResponse,
      reasons: ['CUSTOMER_NOT_FOUND'],
    })
    points(@Param('customerId', IdPipe) customerId: string): Promise<GetPointsBalanceResponse> {
      return this.ofCustomer(customerId, () => this.peers.points.getPointsBalance({ customerId }));
    }

    @Get(':customerId/points/entries')
    @Access(access)
    @Endpoint({
      summary: 'Pages the customer’s points history, newest first.',
      answer: ListPointsEntriesResponse,
      reasons: PAGED,
    })
    pointsEntries(
      @Param('customerId', IdPipe) customerId: string,
      @Query() page: PageQuery,
    ): Promise<ListPointsEntriesResponse> {
      const request = ListPointsEntriesRequest.fromPartial({ ...page, customerId });
      return this.ofCustomer(customerId, () => this.peers.points.listPointsEntries(request));
    }

    @Get(':customerId/exchanges')
    @Access(access)
    @Endpoint({
      summary: 'Pages the customer’s exchanges 兑换, newest first.',
      answer: ListExchangesResponse,
      reasons: PAGED,
    })
    exchanges(
      @Param('customerId', IdPipe) customerId: string,
      @Query() page: PageQuery,
    ): Promise<ListExchangesResponse> {
      const request = ListExchangesRequest.fromPartial({ ...page, customerId });
      return this.ofCustomer(customerId, () => this.peers.exchange.listExchanges(request));
    }

    @Get(':customerId/growth')
    @Access(access)
    @Endpoint({
      summary: 'The customer’s growth value 成长值 and level in every plan.',
      answer: GetGrowthResponse,
      reasons: ['CUSTOMER_NOT_FOUND'],
    })
    growth(@Param('customerId', IdPipe) customerId: string): Promise<GetGrowthResponse> {
      return this.ofCustomer(customerId, () => this.peers.growth.getGrowth({ customerId }));
    }

    @Get(':customerId/missions')
    @Access(access)
    @Endpoint({
      summary: 'Pages the missions 任务 with the customer’s progress in each.',
      answer: ListMissionProgressResponse,
      reasons: PAGED,
    })
    missions(
      @Param('customerId', IdPipe) customerId: string,
      @Query() page: PageQuery,
    ): Promise<ListMissionProgressResponse> {
      const request = ListMissionProgressRequest.fromPartial({ ...page, customerId });
      return this.ofCustomer(customerId, () => this.peers.growth.listMissionProgress(request));
    }

    @Get(':customerId/sign-in-programmes/:programmeId/calendar')
    @Access(access)
    @Endpoint({
      summary: 'One month of the customer’s sign-ins 签到, the streak and the make-up cards.',
      answer: GetSignInCalendarResponse,
      reasons: ['CUSTOMER_NOT_FOUND', 'PROGRAMME_NOT_OPEN'],
    })
    signInCalendar(
      @Param('customerId', IdPipe) customerId: string,
      @Param('programmeId', IdPipe) programmeId: string,
      @Query() { month }: CalendarQuery,
    ): Promise<GetSignInCalendarResponse> {
      const request = GetSignInCalendarRequest.fromPartial({ programmeId, month, customerId });
      return this.ofCustomer(customerId, () => this.peers.signIn.getSignInCalendar(request));
    }
  }
  return CustomerBenefitReadsController;
}
