import type * as rpc from '@tidegate/contracts/merchants/v1/settlement';
import { shown } from '../../http/shown';

export class Reconciliation implements rpc.Reconciliation {
  @shown.text() reconciliationId!: string;
  @shown.text() merchantId!: string;
  @shown.text() businessDateFrom!: string;
  @shown.text() businessDateTo!: string;
  @shown.text() fileName!: string;
  @shown.text('completed, withdrawn; running where an earlier version never ended it.') state!: string;
  @shown.whole() fileLineCount!: number;
  @shown.whole() matchedCount!: number;
  @shown.counts('missing_at_bank, missing_at_merchant, amount_differs, duplicate.')
  differenceCountByKind!: Record<string, number>;
  @shown.whole() openDifferenceCount!: number;
  @shown.text() createdBy!: string;
  @shown.time() createdAt!: Date | undefined;
}

export class ReconcileResponse implements rpc.ReconcileResponse {
  @shown.part(() => Reconciliation) reconciliation!: Reconciliation | undefined;
}

export class WithdrawReconciliationResponse implements rpc.WithdrawReconciliationResponse {
  @shown.part(() => Reconciliation) reconciliation!: Reconciliation | undefined;
}

export class ListReconciliationsResponse implements rpc.ListReconciliationsResponse {
  @shown.parts(() => Reconciliation) reconciliations!: Reconciliation[];
  @shown.text() nextPageToken!: string;
}

export class Difference implements rpc.Difference {
  @shown.text() differenceId!: string;
  @shown.text() reconciliationId!: string;
  @shown.text() merchantId!: string;
  @shown.text('missing_at_bank, missing_at_merchant, amount_differs, duplicate.') kind!: string;
  @shown.text() lineId!: string;
  @shown.wholes('Lines of the file that say it, the header being line 1; at most ten.') fileLines!: number[];
  @shown.optionalWhole('Unset where the merchant does not have it.') merchantAmountMinor?: number | undefined;
  @shown.optionalWhole('Unset where we do not have it.') bankAmountMinor?: number | undefined;
  @shown.text() currency!: string;
  @shown.text('Where we have it, if anywhere.') batchId!: string;
  @shown.text('open, resolved.') state!: string;
  @shown.text('bank_right, merchant_right, both_right; withdrawn with its reconciliation.') resolution!: string;
  @shown.text() comment!: string;
  @shown.text() adjustmentId!: string;
  @shown.text() resolvedBy!: string;
  @shown.time() resolvedAt!: Date | undefined;
}

export class ListDifferencesResponse implements rpc.ListDifferencesResponse {
  @shown.parts(() => Difference) differences!: Difference[];
  @shown.text() nextPageToken!: string;
}

export class ResolveDifferenceResponse implements rpc.ResolveDifferenceResponse {
  @shown.part(() => Difference) difference!: Difference | undefined;
}
