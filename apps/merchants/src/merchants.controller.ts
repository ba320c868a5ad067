import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { requireHeadOffice } from './merchant-access';
import { HeldInput } from './held.request';
import { MerchantPageInput } from './merchant-page.request';
import { PageInput } from './page.request';
import { toBatchMessage, toLineMessage } from './settlement/settlement.message';
import { SaleInput, TillInput } from './till.request';
import { toKeyMessage } from './merchant-key.message';
import { GetMerchantKeyUseCase } from './use-cases/get-merchant-key/get-merchant-key.use-case';
import { GetStoreUseCase } from './use-cases/get-store/get-store.use-case';
import { GetMerchantUseCase } from './use-cases/get-merchant/get-merchant.use-case';
import { GetStatementInput } from './settlement/use-cases/get-statement/get-statement.request';
import { GetStatementUseCase } from './settlement/use-cases/get-statement/get-statement.use-case';
import { CommitHoldAtStoreUseCase } from './use-cases/commit-hold-at-store/commit-hold-at-store.use-case';
import { ReverseAtStoreInput } from './use-cases/reverse-at-store/reverse-at-store.request';
import { ReverseAtStoreUseCase } from './use-cases/reverse-at-store/reverse-at-store.use-case';
import { ValidateAtStoreUseCase } from './use-cases/validate-at-store/validate-at-store.use-case';
import { VoidHoldAtStoreUseCase } from './use-cases/void-hold-at-store/void-hold-at-store.use-case';
import { HoldAtStoreUseCase } from './use-cases/hold-at-store/hold-at-store.use-case';
import { ListClerksUseCase } from './use-cases/list-clerks/list-clerks.use-case';
import { ListMerchantKeysUseCase } from './use-cases/list-merchant-keys/list-merchant-keys.use-case';
import { ListMerchantsUseCase } from './use-cases/list-merchants/list-merchants.use-case';
import { ListOrgUnitsInput } from './use-cases/list-org-units/list-org-units.request';
import { ListOrgUnitsUseCase } from './use-cases/list-org-units/list-org-units.use-case';
import { ListSettlementBatchesInput } from './settlement/use-cases/list-settlement-batches/list-settlement-batches.request';
import { ListSettlementBatchesUseCase } from './settlement/use-cases/list-settlement-batches/list-settlement-batches.use-case';
import { ListStoresUseCase } from './use-cases/list-stores/list-stores.use-case';
import { PutClerkInput } from './use-cases/put-clerk/put-clerk.request';
import { PutClerkUseCase } from './use-cases/put-clerk/put-clerk.use-case';
import { PutMerchantKeyInput } from './use-cases/put-merchant-key/put-merchant-key.request';
import { PutMerchantKeyUseCase } from './use-cases/put-merchant-key/put-merchant-key.use-case';
import { PutMerchantInput } from './use-cases/put-merchant/put-merchant.request';
import { PutMerchantUseCase } from './use-cases/put-merchant/put-merchant.use-case';
import { PutOrgUnitInput } from './use-cases/put-org-unit/put-org-unit.request';
import { PutOrgUnitUseCase } from './use-cases/put-org-unit/put-org-unit.use-case';
import { PutStoreInput } from './use-cases/put-store/put-store.request';
import { PutStoreUseCase } from './use-cases/put-store/put-store.use-case';
import { RedeemAtStoreUseCase } from './use-cases/redeem-at-store/redeem-at-store.use-case';
import { RegisterSignatureInput } from './use-cases/register-signature/register-signature.request';
import { RegisterSignatureUseCase } from './use-cases/register-signature/register-signature.use-case';
import { RotateMerchantKeyInput } from './use-cases/rotate-merchant-key/rotate-merchant-key.request';
import { RotateMerchantKeyUseCase } from './use-cases/rotate-merchant-key/rotate-merchant-key.use-case';
import { RevokeMerchantKeyInput } from './use-cases/revoke-merchant-key/revoke-merchant-key.request';
import { RevokeMerchantKeyUseCase } from './use-cases/revoke-merchant-key/revoke-merchant-key.use-case';
import { RunSettlementInput } from './settlement/use-cases/run-settlement/run-settlement.request';
import { RunSettlementUseCase } from './settlement/use-cases/run-settlement/run-settlement.use-case';

type Rpcs = Handlers<typeof rpc.MerchantsServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.MerchantsServiceService)
export class MerchantsController implements Rpcs {
  constructor(
    private readonly putOrgUnitUseCase: PutOrgUnitUseCase,
    private readonly listOrgUnitsUseCase: ListOrgUnitsUseCase,
    private readonly putMerchantUseCase: PutMerchantUseCase,
    private readonly getMerchantUseCase: GetMerchantUseCase,
    private readonly listMerchantsUseCase: ListMerchantsUseCase,
    private readonly getStoreUseCase: GetStoreUseCase,
    private readonly putStoreUseCase: PutStoreUseCase,
    private readonly listStoresUseCase: ListStoresUseCase,
    private readonly putClerkUseCase: PutClerkUseCase,
    private readonly listClerksUseCase: ListClerksUseCase,
    private readonly putMerchantKeyUseCase: PutMerchantKeyUseCase,
    private readonly rotateMerchantKeyUseCase: RotateMerchantKeyUseCase,
    private readonly listMerchantKeysUseCase: ListMerchantKeysUseCase,
    private readonly revokeMerchantKeyUseCase: RevokeMerchantKeyUseCase,
    private readonly getMerchantKeyUseCase: GetMerchantKeyUseCase,
    private readonly registerSignatureUseCase: RegisterSignatureUseCase,
    private readonly redeemAtStoreUseCase: RedeemAtStoreUseCase,
    private readonly validateAtStoreUseCase: ValidateAtStoreUseCase,
    private readonly holdAtStoreUseCase: HoldAtStoreUseCase,
    private readonly commitHoldAtStoreUseCase: CommitHoldAtStoreUseCase,
    private readonly voidHoldAtStoreUseCase: VoidHoldAtStoreUseCase,
    private readonly reverseAtStoreUseCase: ReverseAtStoreUseCase,
    private readonly runSettlementUseCase: RunSettlementUseCase,
    private readonly listSettlementBatchesUseCase: ListSettlementBatchesUseCase,
    private readonly getStatementUseCase: GetStatementUseCase,
  ) {}

  async putOrgUnit(request: rpc.PutOrgUnitRequest, metadata: Metadata): Promise<rpc.PutOrgUnitResponse> {
    const input = validated(PutOrgUnitInput, request);
    return { orgUnit: await this.putOrgUnitUseCase.execute(input, actorOf(metadata)) };
  }

  async listOrgUnits(request: rpc.ListOrgUnitsRequest, metadata: Metadata): Promise<rpc.ListOrgUnitsResponse> {
    return this.listOrgUnitsUseCase.execute(validated(ListOrgUnitsInput, request), actorOf(metadata));
  }

  async putMerchant(request: rpc.PutMerchantRequest, metadata: Metadata): Promise<rpc.PutMerchantResponse> {
    const input = validated(PutMerchantInput, request);
    return { merchant: await this.putMerchantUseCase.execute(input, actorOf(metadata)) };
  }

  async getMerchant(request: rpc.GetMerchantRequest, metadata: Metadata): Promise<rpc.GetMerchantResponse> {
    return { merchant: await this.getMerchantUseCase.execute(request.merchantId, actorOf(metadata)) };
  }

  async listMerchants(request: rpc.ListMerchantsRequest, metadata: Metadata): Promise<rpc.ListMerchantsResponse> {
    return this.listMerchantsUseCase.execute(validated(PageInput, request), actorOf(metadata));
  }

  async putStore(request: rpc.PutStoreRequest, metadata: Metadata): Promise<rpc.PutStoreResponse> {
    return { store: await this.putStoreUseCase.execute(validated(PutStoreInput, request), actorOf(metadata)) };
  }

  async getStore(request: rpc.GetStoreRequest, metadata: Metadata): Promise<rpc.GetStoreResponse> {
    return this.getStoreUseCase.execute(request.storeId, actorOf(metadata));
  }

  async listStores(request: rpc.ListStoresRequest, metadata: Metadata): Promise<rpc.ListStoresResponse> {
    return this.listStoresUseCase.execute(validated(MerchantPageInput, request), actorOf(metadata));
  }

  async putClerk(request: rpc.PutClerkRequest, metadata: Metadata): Promise<rpc.PutClerkResponse> {
    return { clerk: await this.putClerkUseCase.execute(validated(PutClerkInput, request), actorOf(metadata)) };
  }

  async listClerks(request: rpc.ListClerksRequest, metadata: Metadata): Promise<rpc.ListClerksResponse> {
    return this.listClerksUseCase.execute(validated(MerchantPageInput, request), actorOf(metadata));
  }

  async putMerchantKey(request: rpc.PutMerchantKeyRequest, metadata: Metadata): Promise<rpc.PutMerchantKeyResponse> {
    const input = validated(PutMerchantKeyInput, request);
    return { key: toKeyMessage(await this.putMerchantKeyUseCase.execute(input, actorOf(metadata))) };
  }

  async rotateMerchantKey(
    request: rpc.RotateMerchantKeyRequest,
    metadata: Metadata,
  ): Promise<rpc.RotateMerchantKeyResponse> {
    const input = validated(RotateMerchantKeyInput, request);
    const { newKey, oldKey } = await this.rotateMerchantKeyUseCase.execute(input, actorOf(metadata));
    return { newKey: toKeyMessage(newKey), oldKey: toKeyMessage(oldKey) };
  }

  async listMerchantKeys(
    request: rpc.ListMerchantKeysRequest,
    metadata: Metadata,
  ): Promise<rpc.ListMerchantKeysResponse> {
    const input = validated(MerchantPageInput, request);
    const { keys, nextPageToken } = await this.listMerchantKeysUseCase.execute(input, actorOf(metadata));
    return { keys: keys.map(toKeyMessage), nextPageToken };
  }

  async revokeMerchantKey(
    request: rpc.RevokeMerchantKeyRequest,
    metadata: Metadata,
  ): Promise<rpc.RevokeMerchantKeyResponse> {
    const input = validated(RevokeMerchantKeyInput, request);
    return { key: toKeyMessage(await this.revokeMerchantKeyUseCase.execute(input, actorOf(metadata))) };
  }

  async getMerchantKey(request: rpc.GetMerchantKeyRequest): Promise<rpc.GetMerchantKeyResponse> {
    const { key, merchant } = await this.getMerchantKeyUseCase.execute(request.keyId);
    return { key: toKeyMessage(key), merchant };
  }

  async registerSignature(request: rpc.RegisterSignatureRequest): Promise<rpc.RegisterSignatureResponse> {
    await this.registerSignatureUseCase.execute(validated(RegisterSignatureInput, request));
    return {};
  }

  async redeemAtStore(request: rpc.RedeemAtStoreRequest, metadata: Metadata): Promise<rpc.RedeemAtStoreResponse> {
    const input = validated(TillInput, request);
    const redemptions = await this.redeemAtStoreUseCase.execute(input, actorOf(metadata));
    return { redemption: redemptions[0], redemptions };
  }

  async validateAtStore(request: rpc.ValidateAtStoreRequest, metadata: Metadata): Promise<rpc.ValidateAtStoreResponse> {
    return this.validateAtStoreUseCase.execute(validated(SaleInput, request), actorOf(metadata));
  }

  async holdAtStore(request: rpc.HoldAtStoreRequest, metadata: Metadata): Promise<rpc.HoldAtStoreResponse> {
    return this.holdAtStoreUseCase.execute(validated(TillInput, request), actorOf(metadata));
  }

  async commitHoldAtStore(
    request: rpc.CommitHoldAtStoreRequest,
    metadata: Metadata,
  ): Promise<rpc.CommitHoldAtStoreResponse> {
    const input = validated(HeldInput, request);
    const redemptions = await this.commitHoldAtStoreUseCase.execute(input, actorOf(metadata));
    return { redemption: redemptions[0], redemptions };
  }

  async voidHoldAtStore(request: rpc.VoidHoldAtStoreRequest, metadata: Metadata): Promise<rpc.VoidHoldAtStoreResponse> {
    const input = validated(HeldInput, request);
    const instances = await this.voidHoldAtStoreUseCase.execute(input, actorOf(metadata));
    return { instance: instances[0], instances };
  }

  async reverseAtStore(request: rpc.ReverseAtStoreRequest, metadata: Metadata): Promise<rpc.ReverseAtStoreResponse> {
    const input = validated(ReverseAtStoreInput, request);
    return { reversal: await this.reverseAtStoreUseCase.execute(input, actorOf(metadata)) };
  }

  async runSettlement(request: rpc.RunSettlementRequest, metadata: Metadata): Promise<rpc.RunSettlementResponse> {
    const input = validated(RunSettlementInput, request);
    requireHeadOffice(actorOf(metadata));
    const batches = await this.runSettlementUseCase.execute(input, actorOf(metadata).id);
    return { batches: batches.map(toBatchMessage) };
  }

  async listSettlementBatches(
    request: rpc.ListSettlementBatchesRequest,
    metadata: Metadata,
  ): Promise<rpc.ListSettlementBatchesResponse> {
    const input = validated(ListSettlementBatchesInput, request);
    const { batches, nextPageToken } = await this.listSettlementBatchesUseCase.execute(input, actorOf(metadata));
    return { batches: batches.map(toBatchMessage), nextPageToken };
  }

  async getStatement(request: rpc.GetStatementRequest, metadata: Metadata): Promise<rpc.GetStatementResponse> {
    const input = validated(GetStatementInput, request);
    const { batch, lines, nextPageToken } = await this.getStatementUseCase.execute(input, actorOf(metadata));
    return { batch: toBatchMessage(batch), lines: lines.map(toLineMessage), nextPageToken };
  }
}
