import { field } from '../http/field';
import { PageQuery } from '../http/page.query';
import { queryField } from '../http/query-field';
import { ISO_DATE } from './settlement.query';

const CONTENT_LENGTH_MAX = 4 * 1024 * 1024;
/** The content as JSON text, with its line breaks escaped. */
export const RECONCILE_BYTES_MAX = 6 * 1024 * 1024;

/** A merchant's books for some business days. */
export class ReconcileBody {
  @field.text({ min: 10, max: 10, pattern: ISO_DATE, example: '2026-03-02', description: 'The first business day.' })
  businessDateFrom!: string;

  @field.text({
    min: 10,
    max: 10,
    pattern: ISO_DATE,
    example: '2026-03-31',
    description: 'The last one, at most 31 days later.',
  })
  businessDateTo!: string;

  @field.text({ optional: true, max: 200 })
  fileName?: string;

  @field.text({
    max: CONTENT_LENGTH_MAX,
    description:
      'CSV with a header: line_id (or redemption_id) and amount_minor, other columns are ignored; at most 50,000 lines. A statement may be sent back as it is.',
  })
  content!: string;
}

export class ReconcileMerchantBody extends ReconcileBody {
  @field.text({ max: 64 })
  merchantId!: string;
}

export class WithdrawReconciliationBody {
  @field.text({ max: 500, description: 'Why.' })
  comment!: string;
}

export class DifferencesQuery extends PageQuery {
  @queryField.text({ max: 64 })
  reconciliationId?: string;

  @queryField.oneOf(['open', 'resolved'], { description: 'Both when left out.' })
  state?: string;
}

export class DifferencesOfMerchantQuery extends DifferencesQuery {
  @queryField.text({ max: 64, description: 'All merchants when left out.' })
  merchantId?: string;
}

export class ResolveDifferenceBody {
  @field.oneOf(['bank_right', 'merchant_right', 'both_right'])
  resolution!: string;

  @field.text({ max: 500 })
  comment!: string;

  @field.text({ optional: true, max: 128, description: 'The adjustment that makes it good, when there is one.' })
  adjustmentId?: string;
}
