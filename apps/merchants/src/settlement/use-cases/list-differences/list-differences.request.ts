import { IsIn, Length } from 'class-validator';
import { ListOfMerchantInput } from '../../list-of-merchant.request';

export class ListDifferencesInput extends ListOfMerchantInput {
  @Length(0, 64)
  reconciliationId!: string;

  /** Empty for both. */
  @IsIn(['', 'open', 'resolved'])
  state!: 'open' | 'resolved' | '';
}
