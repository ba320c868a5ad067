import { field } from '../../http/field';
import { queryField } from '../../http/query-field';
import { BusinessDateQuery, ISO_DATE, OfMerchantQuery } from '../../requests/settlement.query';

const BATCH_STATES = ['open', 'prepared', 'released', 'paid', 'rejected'];

export class RunSettlementBody {
  @field.text({
    min: 10,
    max: 10,
    pattern: ISO_DATE,
    example: '2026-03-02',
    description: 'The business day to settle; it must be over.',
  })
  businessDate!: string;

  @field.flag({ optional: true, description: 'Development only: settle a day that is still open.' })
  isForced?: boolean;
}

export class BatchesQuery extends BusinessDateQuery {
  @queryField.text({ max: 64, description: 'All merchants when left out.' })
  merchantId?: string;

  @queryField.oneOf(BATCH_STATES, { description: 'All states when left out.' })
  state?: string;

  @queryField.text({ max: 64, description: 'Those of one pay-out.' })
  payoutId?: string;
}

export class FindingsQuery extends OfMerchantQuery {
  @queryField.oneOf(['open', 'settled'], { description: 'Both when left out.' })
  state?: string;
}

export class ReleaseSettlementBody {
  @field.texts({ minCount: 1, maxCount: 500, max: 128, description: 'Prepared batches; all are released, or none.' })
  batchIds!: string[];
}

export class RejectBatchBody {
  @field.text({ max: 500 })
  reason!: string;
}

export class RecordPaymentBody {
  @field.flag({ description: 'False: it came back, and is owed again with the next batch.' })
  isPaid!: boolean;

  @field.text({ optional: true, max: 500, description: 'Why it came back; needed unless it was paid.' })
  reason?: string;
}

export class CreateAdjustmentBody {
  @field.text({ max: 64 })
  merchantId!: string;

  @field.whole({
    min: -1_000_000_000_000,
    max: 1_000_000_000_000,
    description: 'Minor units, not zero; positive: the merchant is owed more.',
  })
  amountMinor!: number;

  @field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY' })
  currency!: string;

  @field.oneOf(['bank', 'merchant', 'third_party'], { description: 'Who bears it.' })
  funder!: string;

  @field.text({
    optional: true,
    max: 256,
    description:
      'Which one: a unit of the own organisation, or the merchant itself; that, or its organisation, when left out.',
  })
  partyId?: string;

  @field.text({ max: 500 })
  comment!: string;
}
