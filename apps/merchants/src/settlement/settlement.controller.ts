import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/settlement';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { requireHeadOffice } from '../merchant-access';
import { MerchantPageInput } from '../merchant-page.request';
import { PageInput } from '../page.request';
import { ListOfMerchantInput } from './list-of-merchant.request';
import {
  toBatchMessage,
  toDifferenceMessage,
  toFindingMessage,
  toLineMessage,
  toPayoutMessage,
  toReconciliationMessage,
} from './settlement.message';
import { CreateAdjustmentInput } from './use-cases/create-adjustment/create-adjustment.request';
import { CreateAdjustmentUseCase } from './use-cases/create-adjustment/create-adjustment.use-case';
import { GetBusinessDayInput } from './use-cases/get-business-day/get-business-day.request';
import { GetBusinessDayUseCase } from './use-cases/get-business-day/get-business-day.use-case';
import { GetPayoutFileInput } from './use-cases/get-payout-file/get-payout-file.request';
import { GetPayoutFileUseCase } from './use-cases/get-payout-file/get-payout-file.use-case';
import { GetStatementFileInput } from './use-cases/get-statement-file/get-statement-file.request';
import { GetStatementFileUseCase } from './use-cases/get-statement-file/get-statement-file.use-case';
import { ListAdjustmentsUseCase } from './use-cases/list-adjustments/list-adjustments.use-case';
import { ListDifferencesInput } from './use-cases/list-differences/list-differences.request';
import { ListDifferencesUseCase } from './use-cases/list-differences/list-differences.use-case';
import { ListPayoutsUseCase } from './use-cases/list-payouts/list-payouts.use-case';
import { ListReconciliationsUseCase } from './use-cases/list-reconciliations/list-reconciliations.use-case';
import { ListSettlementFindingsInput } from './use-cases/list-settlement-findings/list-settlement-findings.request';
import { ListSettlementFindingsUseCase } from './use-cases/list-settlement-findings/list-settlement-findings.use-case';
import { ListWaitingLinesUseCase } from './use-cases/list-waiting-lines/list-waiting-lines.use-case';
import { ReconcileInput } from './use-cases/reconcile/reconcile.request';
import { ReconcileUseCase } from './use-cases/reconcile/reconcile.use-case';
import { RecordPaymentInput } from './use-cases/record-payment/record-payment.request';
import { RecordPaymentUseCase } from './use-cases/record-payment/record-payment.use-case';
import { RejectSettlementBatchInput } from './use-cases/reject-settlement-batch/reject-settlement-batch.request';
import { RejectSettlementBatchUseCase } from './use-cases/reject-settlement-batch/reject-settlement-batch.use-case';
import { ReleaseSettlementInput } from './use-cases/release-settlement/release-settlement.request';
import { ReleaseSettlementUseCase } from './use-cases/release-settlement/release-settlement.use-case';
import { ResolveDifferenceInput } from './use-cases/resolve-difference/resolve-difference.request';
import { ResolveDifferenceUseCase } from './use-cases/resolve-difference/resolve-difference.use-case';
import { WithdrawReconciliationInput } from './use-cases/withdraw-reconciliation/withdraw-reconciliation.request';
import { WithdrawReconciliationUseCase } from './use-cases/withdraw-reconciliation/withdraw-reconciliation.use-case';

type Rpcs = Handlers<typeof rpc.SettlementServiceService>;

/** Every gRPC inlet of settlement: validate, call, map. */
@GrpcController(rpc.SettlementServiceService)
export class SettlementController implements Rpcs {
  constructor(
    private readonly getBusinessDayUseCase: GetBusinessDayUseCase,
    private readonly releaseSettlementUseCase: ReleaseSettlementUseCase,
    private readonly rejectSettlementBatchUseCase: RejectSettlementBatchUseCase,
    private readonly recordPaymentUseCase: RecordPaymentUseCase,
    private readonly listPayoutsUseCase: ListPayoutsUseCase,
    private readonly getPayoutFileUseCase: GetPayoutFileUseCase,
    private readonly getStatementFileUseCase: GetStatementFileUseCase,
    private readonly listWaitingLinesUseCase: ListWaitingLinesUseCase,
    private readonly listSettlementFindingsUseCase: ListSettlementFindingsUseCase,
    private readonly createAdjustmentUseCase: CreateAdjustmentUseCase,
    private readonly listAdjustmentsUseCase: ListAdjustmentsUseCase,
    private readonly reconcileUseCase: ReconcileUseCase,
    private readonly listReconciliationsUseCase: ListReconciliationsUseCase,
    private readonly listDifferencesUseCase: ListDifferencesUseCase,
    private readonly resolveDifferenceUseCase: ResolveDifferenceUseCase,
    private readonly withdrawReconciliationUseCase: WithdrawReconciliationUseCase,
  ) {}

  async getBusinessDay(request: rpc.GetBusinessDayRequest): Promise<rpc.GetBusinessDayResponse> {
    const { day, isCalendarKnown } = this.getBusinessDayUseCase.execute(validated(GetBusinessDayInput, request));
    return { businessDate: day.date, from: day.from, to: day.to, isCalendarKnown };
  }

  async releaseSettlement(
    request: rpc.ReleaseSettlementRequest,
    metadata: Metadata,
  ): Promise<rpc.ReleaseSettlementResponse> {
    const input = validated(ReleaseSettlementInput, request);
    requireHeadOffice(actorOf(metadata));
    const { payout, batches } = await this.releaseSettlementUseCase.execute(input, actorOf(metadata));
    return { payout: toPayoutMessage(payout), batches: batches.map(toBatchMessage) };
  }

  async rejectSettlementBatch(
    request: rpc.RejectSettlementBatchRequest,
    metadata: Metadata,
  ): Promise<rpc.RejectSettlementBatchResponse> {
    const input = validated(RejectSettlementBatchInput, request);
    requireHeadOffice(actorOf(metadata));
    return { batch: toBatchMessage(await this.rejectSettlementBatchUseCase.execute(input)) };
  }

  async recordPayment(request: rpc.RecordPaymentRequest, metadata: Metadata): Promise<rpc.RecordPaymentResponse> {
    const input = validated(RecordPaymentInput, request);
    requireHeadOffice(actorOf(metadata));
    return { batch: toBatchMessage(await this.recordPaymentUseCase.execute(input, actorOf(metadata))) };
  }

  async listPayouts(request: rpc.ListPayoutsRequest, metadata: Metadata): Promise<rpc.ListPayoutsResponse> {
    const input = validated(PageInput, request);
    requireHeadOffice(actorOf(metadata));
    const { payouts, nextPageToken } = await this.listPayoutsUseCase.execute(input);
    return { payouts: payouts.map(toPayoutMessage), nextPageToken };
  }

  async getPayoutFile(request: rpc.GetPayoutFileRequest, metadata: Metadata): Promise<rpc.GetPayoutFileResponse> {
    const input = validated(GetPayoutFileInput, request);
    requireHeadOffice(actorOf(metadata));
    return this.getPayoutFileUseCase.execute(input);
  }

  async getStatementFile(
    request: rpc.GetStatementFileRequest,
    metadata: Metadata,
  ): Promise<rpc.GetStatementFileResponse> {
    return this.getStatementFileUseCase.execute(validated(GetStatementFileInput, request), actorOf(metadata));
  }

  async listWaitingLines(
    request: rpc.ListWaitingLinesRequest,
    metadata: Metadata,
  ): Promise<rpc.ListWaitingLinesResponse> {
    const input = validated(MerchantPageInput, request);
    const { lines, nextPageToken } = await this.listWaitingLinesUseCase.execute(input, actorOf(metadata));
    return { lines: lines.map(toLineMessage), nextPageToken };
  }

  async listSettlementFindings(
    request: rpc.ListSettlementFindingsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListSettlementFindingsResponse> {
    const input = validated(ListSettlementFindingsInput, request);
    const { findings, nextPageToken } = await this.listSettlementFindingsUseCase.execute(input, actorOf(metadata));
    return { findings: findings.map(toFindingMessage), nextPageToken };
  }

  async createAdjustment(
    request: rpc.CreateAdjustmentRequest,
    metadata: Metadata,
  ): Promise<rpc.CreateAdjustmentResponse> {
    const input = validated(CreateAdjustmentInput, request);
    return { adjustment: await this.createAdjustmentUseCase.execute(input, actorOf(metadata)) };
  }

  async listAdjustments(request: rpc.ListAdjustmentsRequest, metadata: Metadata): Promise<rpc.ListAdjustmentsResponse> {
    return this.listAdjustmentsUseCase.execute(validated(ListOfMerchantInput, request), actorOf(metadata));
  }

  async reconcile(request: rpc.ReconcileRequest, metadata: Metadata): Promise<rpc.ReconcileResponse> {
    const reconciliation = await this.reconcileUseCase.execute(validated(ReconcileInput, request), actorOf(metadata));
    return { reconciliation: toReconciliationMessage(reconciliation) };
  }

  async listReconciliations(
    request: rpc.ListReconciliationsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListReconciliationsResponse> {
    const input = validated(ListOfMerchantInput, request);
    const { reconciliations, nextPageToken } = await this.listReconciliationsUseCase.execute(input, actorOf(metadata));
    return { reconciliations: reconciliations.map(toReconciliationMessage), nextPageToken };
  }

  async withdrawReconciliation(
    request: rpc.WithdrawReconciliationRequest,
    metadata: Metadata,
  ): Promise<rpc.WithdrawReconciliationResponse> {
    const input = validated(WithdrawReconciliationInput, request);
    const reconciliation = await this.withdrawReconciliationUseCase.execute(input, actorOf(metadata));
    return { reconciliation: toReconciliationMessage(reconciliation) };
  }

  async listDifferences(request: rpc.ListDifferencesRequest, metadata: Metadata): Promise<rpc.ListDifferencesResponse> {
    const input = validated(ListDifferencesInput, request);
    const { differences, nextPageToken } = await this.listDifferencesUseCase.execute(input, actorOf(metadata));
    return { differences: differences.map(toDifferenceMessage), nextPageToken };
  }

  async resolveDifference(
    request: rpc.ResolveDifferenceRequest,
    metadata: Metadata,
  ): Promise<rpc.ResolveDifferenceResponse> {
    const input = validated(ResolveDifferenceInput, request);
    return { difference: toDifferenceMessage(await this.resolveDifferenceUseCase.execute(input, actorOf(metadata))) };
  }
}
