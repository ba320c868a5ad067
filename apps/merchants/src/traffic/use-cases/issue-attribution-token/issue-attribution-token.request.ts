import { Matches } from 'class-validator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import { OPTIONAL_CUSTOMER_PATTERN, OPTIONAL_PATH_PATTERN } from '../../traffic-pattern';

export class IssueAttributionTokenInput {
  @Matches(ID_PATTERN)
  planId!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  storeId!: string;

  @Matches(OPTIONAL_PATH_PATTERN)
  outletPath!: string;

  @Matches(OPTIONAL_CUSTOMER_PATTERN)
  customerId!: string;
}
