import { Matches } from 'class-validator';
import { OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import { PageInput } from '../../../page.request';

export class ListSettlementBatchesInput extends PageInput {
  /** Empty for all the caller may see. */
  @Matches(OPTIONAL_ID_PATTERN)
  merchantId!: string;

  /** Empty for all days. */
  @Matches(/^(\d{4}-\d{2}-\d{2})?$/)
  businessDate!: string;
}
