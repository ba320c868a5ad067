import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ActivateMerchantRequest,
  ListMerchantChangesRequest,
  ReviewMerchantRequest,
  SuspendMerchantRequest,
} from '@tidegate/contracts/merchants/v1/onboarding';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ActivateMerchantResponse,
  ListMerchantChangesResponse,
  ReviewMerchantResponse,
  SuspendMerchantResponse,
} from '../../responses/merchants/onboarding.response';
import { MerchantMoveBody, MerchantReviewBody, SuspensionBody } from './merchants.request';

const MOVE_REASONS = ['MERCHANT_NOT_FOUND', 'MERCHANT_MOVE_NOT_ALLOWED'];

@ApiTags('Merchants')
@Controller('admin/v1/merchants/:merchantId')
export class AdminMerchantMovesController {
  constructor(private readonly peers: Peers) {}

  @Post('review')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Draft → reviewed, by another person than its maker 复核.',
    answer: ReviewMerchantResponse,
    reasons: [...MOVE_REASONS, 'MERCHANT_CHANGED', 'REVIEWER_IS_MAKER', 'MERCHANT_INCOMPLETE'],
  })
  review(
    @Param('merchantId', IdPipe) merchantId: string,
    @Body() body: MerchantReviewBody,
    @RequestId() requestId: string,
  ): Promise<ReviewMerchantResponse> {
    const request = ReviewMerchantRequest.fromPartial({ ...body, requestId, merchantId });
    return this.peers.onboarding.reviewMerchant(request);
  }

  @Post('activate')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Reviewed or suspended → active, by another person than its maker.',
    answer: ActivateMerchantResponse,
    reasons: [...MOVE_REASONS, 'REVIEWER_IS_MAKER'],
  })
  activate(
    @Param('merchantId', IdPipe) merchantId: string,
    @Body() { comment }: MerchantMoveBody,
    @RequestId() requestId: string,
  ): Promise<ActivateMerchantResponse> {
    const request = ActivateMerchantRequest.fromPartial({ requestId, merchantId, comment });
    return this.peers.onboarding.activateMerchant(request);
  }

  @Post('suspend')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Active → suspended: its keys and tills are refused at once.',
    answer: SuspendMerchantResponse,
    reasons: MOVE_REASONS,
  })
  suspend(
    @Param('merchantId', IdPipe) merchantId: string,
    @Body() { comment }: SuspensionBody,
    @RequestId() requestId: string,
  ): Promise<SuspendMerchantResponse> {
    const request = SuspendMerchantRequest.fromPartial({ requestId, merchantId, comment });
    return this.peers.onboarding.suspendMerchant(request);
  }

  @Get('changes')
  @Access(READER)
  @Endpoint({
    summary: 'Pages who changed a merchant, newest first.',
    answer: ListMerchantChangesResponse,
    reasons: ['MERCHANT_NOT_FOUND'],
  })
  changes(
    @Param('merchantId', IdPipe) merchantId: string,
    @Query() page: PageQuery,
  ): Promise<ListMerchantChangesResponse> {
    return this.peers.onboarding.listMerchantChanges(ListMerchantChangesRequest.fromPartial({ ...page, merchantId }));
  }
}
