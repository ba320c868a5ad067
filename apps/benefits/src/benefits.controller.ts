import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import {
  actorOf,
  GrpcController,
  requireHeadOffice,
  requireMerchant,
  requireOrgScope,
  requireSelf,
  validated,
  type Handlers,
} from '@tidegate/grpc';
import { AcceptGiftInput } from './use-cases/accept-gift/accept-gift.request';
import { AcceptGiftUseCase } from './use-cases/accept-gift/accept-gift.use-case';
import { CancelGiftInput } from './use-cases/cancel-gift/cancel-gift.request';
import { CancelGiftUseCase } from './use-cases/cancel-gift/cancel-gift.use-case';
import { HoldMoveInput } from './use-cases/commit-hold/commit-hold.request';
import { CommitHoldUseCase } from './use-cases/commit-hold/commit-hold.use-case';
import { HoldBenefitInput, SaleInput } from './use-cases/hold-benefit/hold-benefit.request';
import { HoldBenefitUseCase } from './use-cases/hold-benefit/hold-benefit.use-case';
import { GetHoldInput } from './use-cases/get-hold/get-hold.request';
import { GetHoldUseCase } from './use-cases/get-hold/get-hold.use-case';
import { GetRedemptionInput } from './use-cases/get-redemption/get-redemption.request';
import { GetRedemptionUseCase } from './use-cases/get-redemption/get-redemption.use-case';
import { IssueCodeSeedInput } from './use-cases/issue-code-seed/issue-code-seed.request';
import { IssueCodeSeedUseCase } from './use-cases/issue-code-seed/issue-code-seed.use-case';
import { IssueRedemptionCodeInput } from './use-cases/issue-redemption-code/issue-redemption-code.request';
import { IssueRedemptionCodeUseCase } from './use-cases/issue-redemption-code/issue-redemption-code.use-case';
import { ListRedemptionsUseCase } from './use-cases/list-redemptions/list-redemptions.use-case';
import { OfferGiftInput } from './use-cases/offer-gift/offer-gift.request';
import { OfferGiftUseCase } from './use-cases/offer-gift/offer-gift.use-case';
import { PostAdjustmentInput } from './use-cases/post-adjustment/post-adjustment.request';
import { PostAdjustmentUseCase } from './use-cases/post-adjustment/post-adjustment.use-case';
import { PostSettlementInput } from './use-cases/post-settlement/post-settlement.request';
import { PostSettlementUseCase } from './use-cases/post-settlement/post-settlement.use-case';
import { QueryLedgerUseCase } from './use-cases/query-ledger/query-ledger.use-case';
import { RedeemByCodeUseCase } from './use-cases/redeem-by-code/redeem-by-code.use-case';
import { ReverseRedemptionInput } from './use-cases/reverse-redemption/reverse-redemption.request';
import { ReverseRedemptionUseCase } from './use-cases/reverse-redemption/reverse-redemption.use-case';
import { TransferBenefitInput } from './use-cases/transfer-benefit/transfer-benefit.request';
import { TransferBenefitUseCase } from './use-cases/transfer-benefit/transfer-benefit.use-case';
import { LinkPersonInput } from './use-cases/link-person/link-person.request';
import { LinkPersonUseCase } from './use-cases/link-person/link-person.use-case';
import { SetStockStateInput } from './use-cases/set-stock-state/set-stock-state.request';
import { SetStockStateUseCase } from './use-cases/set-stock-state/set-stock-state.use-case';
import { VoidInstanceInput } from './use-cases/void-instance/void-instance.request';
import { VoidInstanceUseCase } from './use-cases/void-instance/void-instance.use-case';
import { ValidateSaleUseCase } from './use-cases/validate-sale/validate-sale.use-case';
import { VoidHoldUseCase } from './use-cases/void-hold/void-hold.use-case';
import { ClaimBenefitInput } from './use-cases/claim-benefit/claim-benefit.request';
import { ClaimBenefitUseCase } from './use-cases/claim-benefit/claim-benefit.use-case';
import { CreateStockInput } from './use-cases/create-stock/create-stock.request';
import { CreateStockUseCase } from './use-cases/create-stock/create-stock.use-case';
import { GetInstanceUseCase } from './use-cases/get-instance/get-instance.use-case';
import { GetStockUseCase } from './use-cases/get-stock/get-stock.use-case';
import { GetStocksInput } from './use-cases/get-stocks/get-stocks.request';
import { GetStocksUseCase } from './use-cases/get-stocks/get-stocks.use-case';
import { ListStocksUseCase } from './use-cases/list-stocks/list-stocks.use-case';
import { ListWalletInput } from './use-cases/list-wallet/list-wallet.request';
import { ListWalletUseCase } from './use-cases/list-wallet/list-wallet.use-case';

type Rpcs = Handlers<typeof rpc.BenefitsServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.BenefitsServiceService)
export class BenefitsController implements Rpcs {
  constructor(
    private readonly createStockUseCase: CreateStockUseCase,
    private readonly getStockUseCase: GetStockUseCase,
    private readonly getStocksUseCase: GetStocksUseCase,
    private readonly listStocksUseCase: ListStocksUseCase,
    private readonly claimBenefitUseCase: ClaimBenefitUseCase,
    private readonly getInstanceUseCase: GetInstanceUseCase,
    private readonly listWalletUseCase: ListWalletUseCase,
    private readonly offerGiftUseCase: OfferGiftUseCase,
    private readonly acceptGiftUseCase: AcceptGiftUseCase,
    private readonly cancelGiftUseCase: CancelGiftUseCase,
    private readonly issueRedemptionCodeUseCase: IssueRedemptionCodeUseCase,
    private readonly issueCodeSeedUseCase: IssueCodeSeedUseCase,
    private readonly holdBenefitUseCase: HoldBenefitUseCase,
    private readonly validateSaleUseCase: ValidateSaleUseCase,
    private readonly commitHoldUseCase: CommitHoldUseCase,
    private readonly voidHoldUseCase: VoidHoldUseCase,
    private readonly redeemByCodeUseCase: RedeemByCodeUseCase,
    private readonly reverseRedemptionUseCase: ReverseRedemptionUseCase,
    private readonly transferBenefitUseCase: TransferBenefitUseCase,
    private readonly voidInstanceUseCase: VoidInstanceUseCase,
    private readonly setStockStateUseCase: SetStockStateUseCase,
    private readonly linkPersonUseCase: LinkPersonUseCase,
    private readonly queryLedgerUseCase: QueryLedgerUseCase,
    private readonly listRedemptionsUseCase: ListRedemptionsUseCase,
    private readonly getRedemptionUseCase: GetRedemptionUseCase,
    private readonly getHoldUseCase: GetHoldUseCase,
    private readonly postSettlementUseCase: PostSettlementUseCase,
    private readonly postAdjustmentUseCase: PostAdjustmentUseCase,
  ) {}

  async createStock(request: rpc.CreateStockRequest, metadata: Metadata): Promise<rpc.CreateStockResponse> {
    const input = validated(CreateStockInput, request);
    return { stock: { ...(await this.createStockUseCase.execute(input, actorOf(metadata))), claimedCount: 0 } };
  }

  async getStock(request: rpc.GetStockRequest, metadata: Metadata): Promise<rpc.GetStockResponse> {
    const { stock, claimedCount } = await this.getStockUseCase.execute(request.stockId);
    requireOrgScope(actorOf(metadata), stock.orgPath);
    return { stock: { ...stock, claimedCount } };
  }

  async getStocks(request: rpc.GetStocksRequest, metadata: Metadata): Promise<rpc.GetStocksResponse> {
    const { stockIds } = validated(GetStocksInput, request);
    const stocks = await this.getStocksUseCase.execute(stockIds);
    for (const { stock } of stocks) requireOrgScope(actorOf(metadata), stock.orgPath);
    return {
      stocks: stocks.map(({ stock, claimedCount, ...day }) => ({ stock: { ...stock, claimedCount }, ...day })),
    };
  }

  async listStocks(request: rpc.ListStocksRequest, metadata: Metadata): Promise<rpc.ListStocksResponse> {
    const { stocks, nextPageToken } = await this.listStocksUseCase.execute(actorOf(metadata), request);
    return { stocks: stocks.map(({ stock, claimedCount }) => ({ ...stock, claimedCount })), nextPageToken };
  }

  async setStockState(request: rpc.SetStockStateRequest, metadata: Metadata): Promise<rpc.SetStockStateResponse> {
    const input = validated(SetStockStateInput, request);
    const stock = await this.setStockStateUseCase.execute(input, actorOf(metadata));
    const { claimedCount } = await this.getStockUseCase.execute(input.stockId);
    return { stock: { ...stock, claimedCount } };
  }

  async linkPerson(request: rpc.LinkPersonRequest, metadata: Metadata): Promise<rpc.LinkPersonResponse> {
    requireHeadOffice(actorOf(metadata));
    await this.linkPersonUseCase.execute(validated(LinkPersonInput, request));
    return {};
  }

  async claimBenefit(request: rpc.ClaimBenefitRequest, metadata: Metadata): Promise<rpc.ClaimBenefitResponse> {
    const input = validated(ClaimBenefitInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.claimBenefitUseCase.execute(input);
  }

  async getInstance(request: rpc.GetInstanceRequest, metadata: Metadata): Promise<rpc.GetInstanceResponse> {
    return { instance: await this.getInstanceUseCase.execute(request.instanceId, actorOf(metadata)) };
  }

  async listWallet(request: rpc.ListWalletRequest, metadata: Metadata): Promise<rpc.ListWalletResponse> {
    const input = validated(ListWalletInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    return this.listWalletUseCase.execute(input, actor);
  }

  async offerGift(request: rpc.OfferGiftRequest, metadata: Metadata): Promise<rpc.OfferGiftResponse> {
    const input = validated(OfferGiftInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    const { gift, token } = await this.offerGiftUseCase.execute(input);
    return { giftId: gift.giftId, token, expiresAt: gift.expiresAt };
  }

  async acceptGift(request: rpc.AcceptGiftRequest, metadata: Metadata): Promise<rpc.AcceptGiftResponse> {
    const input = validated(AcceptGiftInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { instance: await this.acceptGiftUseCase.execute(input) };
  }

  async cancelGift(request: rpc.CancelGiftRequest, metadata: Metadata): Promise<rpc.CancelGiftResponse> {
    const input = validated(CancelGiftInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { instance: await this.cancelGiftUseCase.execute(input) };
  }

  async issueRedemptionCode(
    request: rpc.IssueRedemptionCodeRequest,
    metadata: Metadata,
  ): Promise<rpc.IssueRedemptionCodeResponse> {
    const input = validated(IssueRedemptionCodeInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.issueRedemptionCodeUseCase.execute(input);
  }

  async issueCodeSeed(request: rpc.IssueCodeSeedRequest, metadata: Metadata): Promise<rpc.IssueCodeSeedResponse> {
    const input = validated(IssueCodeSeedInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.issueCodeSeedUseCase.execute(input);
  }

  async validateSale(request: rpc.ValidateSaleRequest, metadata: Metadata): Promise<rpc.ValidateSaleResponse> {
    const input = validated(SaleInput, withItems(request));
    requireMerchant(actorOf(metadata), input.merchantId);
    return this.validateSaleUseCase.execute(input);
  }

  async holdBenefit(request: rpc.HoldBenefitRequest, metadata: Metadata): Promise<rpc.HoldBenefitResponse> {
    const input = validated(HoldBenefitInput, withItems(request));
    requireMerchant(actorOf(metadata), input.merchantId);
    const { hold, instances } = await this.holdBenefitUseCase.execute(input);
    const { holdId, expiresAt, items } = hold;
    const amountMinor = items.reduce((sum, item) => sum + item.amountMinor, 0);
    return { holdId, instance: instances[0], expiresAt, instances, amountMinor };
  }

  async commitHold(request: rpc.CommitHoldRequest, metadata: Metadata): Promise<rpc.CommitHoldResponse> {
    const input = validated(HoldMoveInput, request);
    requireMerchant(actorOf(metadata), input.merchantId);
    return redeemedMessage(await this.commitHoldUseCase.execute(input));
  }

  async voidHold(request: rpc.VoidHoldRequest, metadata: Metadata): Promise<rpc.VoidHoldResponse> {
    const input = validated(HoldMoveInput, request);
    requireMerchant(actorOf(metadata), input.merchantId);
    const instances = await this.voidHoldUseCase.execute(input);
    return { instance: instances[0], instances };
  }

  async redeemByCode(request: rpc.RedeemByCodeRequest, metadata: Metadata): Promise<rpc.RedeemByCodeResponse> {
    const input = validated(HoldBenefitInput, withItems(request));
    requireMerchant(actorOf(metadata), input.merchantId);
    return redeemedMessage(await this.redeemByCodeUseCase.execute(input));
  }

  async reverseRedemption(
    request: rpc.ReverseRedemptionRequest,
    metadata: Metadata,
  ): Promise<rpc.ReverseRedemptionResponse> {
    const input = validated(ReverseRedemptionInput, request);
    requireMerchant(actorOf(metadata), input.merchantId);
    return { reversal: await this.reverseRedemptionUseCase.execute(input) };
  }

  async transferBenefit(request: rpc.TransferBenefitRequest, metadata: Metadata): Promise<rpc.TransferBenefitResponse> {
    const input = validated(TransferBenefitInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { instance: await this.transferBenefitUseCase.execute(input) };
  }

  async voidInstance(request: rpc.VoidInstanceRequest, metadata: Metadata): Promise<rpc.VoidInstanceResponse> {
    const input = validated(VoidInstanceInput, request);
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    return { instance: await this.voidInstanceUseCase.execute(input, actor.id) };
  }

  async getTrialBalance(request: rpc.GetTrialBalanceRequest, metadata: Metadata): Promise<rpc.GetTrialBalanceResponse> {
    requireHeadOffice(actorOf(metadata));
    return this.queryLedgerUseCase.trialBalance(request.at);
  }

  async getAccountBalance(
    request: rpc.GetAccountBalanceRequest,
    metadata: Metadata,
  ): Promise<rpc.GetAccountBalanceResponse> {
    requireHeadOffice(actorOf(metadata));
    return { balance: await this.queryLedgerUseCase.accountBalance(request.account, request.currency, request.at) };
  }

  async listPostings(request: rpc.ListPostingsRequest, metadata: Metadata): Promise<rpc.ListPostingsResponse> {
    requireHeadOffice(actorOf(metadata));
    return this.queryLedgerUseCase.listPostings(request);
  }

  async listRedemptions(request: rpc.ListRedemptionsRequest, metadata: Metadata): Promise<rpc.ListRedemptionsResponse> {
    if (actorOf(metadata).kind === 'merchant') requireMerchant(actorOf(metadata), request.merchantId);
    return this.listRedemptionsUseCase.execute(request);
  }

  async getRedemption(request: rpc.GetRedemptionRequest, metadata: Metadata): Promise<rpc.GetRedemptionResponse> {
    const input = validated(GetRedemptionInput, request);
    requireMerchant(actorOf(metadata), input.merchantId);
    const { redemption, reversal } = await this.getRedemptionUseCase.execute(input);
    return { redemption, reversal, isReversed: reversal !== undefined };
  }

  async getHold(request: rpc.GetHoldRequest, metadata: Metadata): Promise<rpc.GetHoldResponse> {
    const input = validated(GetHoldInput, request);
    requireMerchant(actorOf(metadata), input.merchantId);
    const { hold, redemptions } = await this.getHoldUseCase.execute(input);
    const { holdId, items, storeId, state, heldAt, expiresAt } = hold;
    return { holdId, customerId: items[0]?.customerId ?? '', storeId, state, heldAt, expiresAt, redemptions };
  }

  async postSettlement(request: rpc.PostSettlementRequest): Promise<rpc.PostSettlementResponse> {
    return this.postSettlementUseCase.execute(validated(PostSettlementInput, request));
  }

  async postAdjustment(request: rpc.PostAdjustmentRequest): Promise<rpc.PostAdjustmentResponse> {
    return this.postAdjustmentUseCase.execute(validated(PostAdjustmentInput, request));
  }
}

/** One code alone is a sale of one item. */
const withItems = <T extends { code: string; items: rpc.SaleItem[] }>(request: T) => ({
  ...request,
  items: request.items.length > 0 ? request.items : [{ code: request.code, amountMinor: 0 }],
});

const redeemedMessage = (redemptions: rpc.Redemption[]) => ({ redemption: redemptions[0], redemptions });
