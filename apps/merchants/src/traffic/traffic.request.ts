import { Matches } from 'class-validator';
import { IsOptionalDate } from '../optional-date.decorator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../id-pattern';
import { PageInput } from '../page.request';

/** A page of what one plan led to. */
export class PlanPageInput extends PageInput {
  @Matches(ID_PATTERN)
  planId!: string;
}

/** A page of the visits of a plan or of a merchant. */
export class VisitPageInput extends PageInput {
  @Matches(OPTIONAL_ID_PATTERN)
  planId!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  merchantId!: string;
}

/** A page of the visit goals of one customer. */
export class GoalPageInput extends PageInput {
  @Matches(/^[^|\s]{1,64}$/)
  customerId!: string;
}

/** A merchant's subsidies of a span of business dates. */
export class SubsidySummaryInput {
  @Matches(ID_PATTERN)
  merchantId!: string;

  /** Empty: 30 days before. */
  @IsOptionalDate()
  fromDate!: string;

  /** Empty: today. */
  @IsOptionalDate()
  toDate!: string;
}
