import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetAccountBalanceRequest,
  GetTrialBalanceRequest,
  ListPostingsRequest,
  ListRedemptionsRequest,
} from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { requireHeadOffice } from '../../access/check-access';
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
  @Endpoint({
    summary: 'Sums every account; the total is zero at any moment.',
    answer: GetTrialBalanceResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  trialBalance(@Query() query: MomentQuery): Promise<GetTrialBalanceResponse> {
    return this.peers.benefits.getTrialBalance(GetTrialBalanceRequest.fromPartial(query), LONG);
  }

  @Get('ledger/account-balance')
  @Access(READER)
  @Endpoint({
    summary: 'One account’s balance, now or at a past time.',
    answer: GetAccountBalanceResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  accountBalance(@Query() query: AccountBalanceQuery): Promise<GetAccountBalanceResponse> {
    return this.peers.benefits.getAccountBalance(GetAccountBalanceRequest.fromPartial(query));
  }

  @Get('ledger/postings')
  @Access(READER)
  @Endpoint({ summary: 'Pages postings in ledger order.', answer: ListPostingsResponse, reasons: ['HEAD_OFFICE_ONLY'] })
  postings(@Query() query: PostingsQuery): Promise<ListPostingsResponse> {
    return this.peers.benefits.listPostings(ListPostingsRequest.fromPartial(query));
  }

  @Get('redemptions')
  @Access(READER)
  @Endpoint({
    summary: 'Pages redemptions in the order they were committed.',
    answer: ListRedemptionsResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  async redemptions(@Query() query: RedemptionsQuery, @Caller() actor: Actor): Promise<ListRedemptionsResponse> {
    const { merchantId } = query;
    if (!merchantId) requireHeadOffice(actor);
    const [redemptions] = await Promise.all([
      this.peers.benefits.listRedemptions(ListRedemptionsRequest.fromPartial(query)),
      // Only the merchants service knows whose merchant it is; it refuses staff of other branches.
      merchantId ? this.peers.merchants.getMerchant({ merchantId }) : undefined,
    ]);
    return redemptions;
  }
}
