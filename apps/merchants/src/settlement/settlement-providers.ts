import type { Provider } from '@nestjs/common';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import { BANK_TIME } from './bank-time';
import type { BankTime } from './domain/business-day';
import { AdjustmentPoster } from './posting/adjustment-poster';
import { PayoutPoster } from './posting/payout-poster';
import { AdjustmentRepository } from './repositories/adjustment.repository';
import { BatchRepository } from './repositories/batch.repository';
import { FindingRepository } from './repositories/finding.repository';
import { PayoutRepository } from './repositories/payout.repository';
import { ReconciliationRepository } from './repositories/reconciliation.repository';
import { StatementLineRepository } from './repositories/statement-line.repository';
import { SettlementConsumer } from './settlement.consumer';
import { SettlementSchedule } from './settlement.schedule';
import { CreateAdjustmentUseCase } from './use-cases/create-adjustment/create-adjustment.use-case';
import { GetBusinessDayUseCase } from './use-cases/get-business-day/get-business-day.use-case';
import { GetPayoutFileUseCase } from './use-cases/get-payout-file/get-payout-file.use-case';
import { GetStatementFileUseCase } from './use-cases/get-statement-file/get-statement-file.use-case';
import { GetStatementUseCase } from './use-cases/get-statement/get-statement.use-case';
import { ListAdjustmentsUseCase } from './use-cases/list-adjustments/list-adjustments.use-case';
import { ListDifferencesUseCase } from './use-cases/list-differences/list-differences.use-case';
import { ListPayoutsUseCase } from './use-cases/list-payouts/list-payouts.use-case';
import { ListReconciliationsUseCase } from './use-cases/list-reconciliations/list-reconciliations.use-case';
import { ListSettlementBatchesUseCase } from './use-cases/list-settlement-batches/list-settlement-batches.use-case';
import { ListSettlementFindingsUseCase } from './use-cases/list-settlement-findings/list-settlement-findings.use-case';
import { ListWaitingLinesUseCase } from './use-cases/list-waiting-lines/list-waiting-lines.use-case';
import { ReconcileUseCase } from './use-cases/reconcile/reconcile.use-case';
import { RecordPaymentUseCase } from './use-cases/record-payment/record-payment.use-case';
import { RejectSettlementBatchUseCase } from './use-cases/reject-settlement-batch/reject-settlement-batch.use-case';
import { ReleaseSettlementUseCase } from './use-cases/release-settlement/release-settlement.use-case';
import { ResolveDifferenceUseCase } from './use-cases/resolve-difference/resolve-difference.use-case';
import { DayCollector } from './use-cases/run-settlement/day-collector';
import { RunSettlementUseCase } from './use-cases/run-settlement/run-settlement.use-case';
import { TakeReversalsUseCase } from './use-cases/take-reversals/take-reversals.use-case';
import { TakeSubsidiesUseCase } from './use-cases/take-subsidies/take-subsidies.use-case';
import { WithdrawReconciliationUseCase } from './use-cases/withdraw-reconciliation/withdraw-reconciliation.use-case';

/** What the service needs for settlement, beside what it has already. */
export const SETTLEMENT_PROVIDERS: Provider[] = [
  {
    provide: BANK_TIME,
    useFactory: ({ timeZone, calendar }: MerchantsConfig): BankTime => ({ timeZone, calendar }),
    inject: [MERCHANTS_CONFIG],
  },
  BatchRepository,
  StatementLineRepository,
  FindingRepository,
  PayoutRepository,
  AdjustmentRepository,
  ReconciliationRepository,
  PayoutPoster,
  AdjustmentPoster,
  DayCollector,
  RunSettlementUseCase,
  GetBusinessDayUseCase,
  ListSettlementBatchesUseCase,
  GetStatementUseCase,
  ListWaitingLinesUseCase,
  ListSettlementFindingsUseCase,
  GetStatementFileUseCase,
  ReleaseSettlementUseCase,
  RejectSettlementBatchUseCase,
  RecordPaymentUseCase,
  ListPayoutsUseCase,
  GetPayoutFileUseCase,
  CreateAdjustmentUseCase,
  ListAdjustmentsUseCase,
  ReconcileUseCase,
  ListReconciliationsUseCase,
  ListDifferencesUseCase,
  ResolveDifferenceUseCase,
  WithdrawReconciliationUseCase,
  TakeReversalsUseCase,
  TakeSubsidiesUseCase,
  SettlementConsumer,
  SettlementSchedule,
];
