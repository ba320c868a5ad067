import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import { OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import { PageInput } from '../../../page.request';
import { BATCH_STATES, type BatchState } from '../../domain/batch';

export class ListSettlementBatchesInput extends PageInput {
  /** Empty for all the caller may see. */
  @Matches(OPTIONAL_ID_PATTERN)
  merchantId!: string;

  /** Empty for all days. */
  @Matches(/^(\d{4}-\d{2}-\d{2})?$/)
  businessDate!: string;

  /** Empty for all states. */
  @IsOptional()
  @IsIn(['', ...BATCH_STATES])
  state?: BatchState | '';

  /** Empty for those of every pay-out and of none. */
  @IsOptional()
  @Length(0, 64)
  payoutId?: string;
}
