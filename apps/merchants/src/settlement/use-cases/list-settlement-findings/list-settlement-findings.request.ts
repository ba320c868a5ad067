import { IsIn } from 'class-validator';
import { FINDING_STATES, type FindingState } from '../../domain/finding';
import { ListOfMerchantInput } from '../../list-of-merchant.request';

export class ListSettlementFindingsInput extends ListOfMerchantInput {
  /** Empty for both. */
  @IsIn(['', ...FINDING_STATES])
  state!: FindingState | '';
}
