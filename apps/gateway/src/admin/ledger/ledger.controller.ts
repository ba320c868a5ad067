import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetAccountBalanceRequest,
  GetTrialBalanceRequest,
  ListPostingsRequest,
  ListRedemptionsRequest,
} from '@tidegate/contracts/benefits/v1/benefits';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  GetAccountBalanceResponse,
  GetTrialBalanceResponse,
  ListPostingsResponse,
} from '../../responses/benefits/ledger.response';
import { ListRedemptionsResponse } from '../../responses/benefits/redemption.response';
import { AccountBalanceQuery, MomentQuery, PostingsQuery, RedemptionsQuery } from './ledger.request';

@ApiTags('Ledger')
@Controller('admin/v1')
export class AdminLedgerController {
  constructor(private readonly peers: Peers) {}

  @Get('ledger/trial-balance')
  @Access(READER)
  @Endpoint({ summary: 'Sums every account; the total is zero at any moment.', answer: GetTrialBalanceResponse })
  trialBalance(@Query() query: MomentQuery): Promise<GetTrialBalanceResponse> {
    return this.peers.benefits.getTrialBalance(GetTrialBalanceRequest.fromPartial(query), LONG);
  }

  @Get('ledger/account-balance')
  @Access(READER)
  @Endpoint({ summary: 'One account’s balance, now or at a past time.', answer: GetAccountBalanceResponse })
  accountBalance(@Query() query: AccountBalanceQuery): Promise<GetAccountBalanceResponse> {
    return this.peers.benefits.getAccountBalance(GetAccountBalanceRequest.fromPartial(query));
  }

  @Get('ledger/postings')
  @Access(READER)
  @Endpoint({ summary: 'Pages postings in ledger order.', answer: ListPostingsResponse })
  postings(@Query() query: PostingsQuery): Promise<ListPostingsResponse> {
    return this.peers.benefits.listPostings(ListPostingsRequest.fromPartial(query));
  }

  @Get('redemptions')
  @Access(READER)
  @Endpoint({ summary: 'Pages redemptions in the order they were committed.', answer: ListRedemptionsResponse })
  redemptions(@Query() query: RedemptionsQuery): Promise<ListRedemptionsResponse> {
    return this.peers.benefits.listRedemptions(ListRedemptionsRequest.fromPartial(query));
  }
}
