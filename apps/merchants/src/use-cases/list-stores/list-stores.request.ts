import { Matches } from 'class-validator';
import { ID_PATTERN } from '../../id-pattern';
import { PageInput } from '../../page.request';

export class ListStoresInput extends PageInput {
  @Matches(ID_PATTERN)
  merchantId!: string;
}
