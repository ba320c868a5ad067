import { field } from '../../http/field';
import { LargePageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

/** A class of accounts and whose it is, at most the path of a unit. */
const ACCOUNT_LENGTH_MAX = 300;

export class MomentQuery {
  @queryField.time({ description: 'Now when left out.' })
  at?: Date;
}

export class AccountBalanceQuery extends MomentQuery {
  @field.text({ max: ACCOUNT_LENGTH_MAX })
  account!: string;

  @field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, example: 'CNY' })
  currency!: string;
}

export class PostingsQuery extends LargePageQuery {
  @field.text({
    max: ACCOUNT_LENGTH_MAX,
    description: 'An account, or a class of accounts: what stands before the colon, and the colon.',
  })
  account!: string;

  @queryField.time({ description: 'From this moment on.' })
  from?: Date;

  @queryField.time({ description: 'Before this moment.' })
  to?: Date;
}

export class RedemptionsQuery extends LargePageQuery {
  @queryField.text({ max: 64, description: 'All merchants when left out.' })
  merchantId?: string;

  @queryField.time({ description: 'From this moment on.' })
  from?: Date;

  @queryField.time({ description: 'Before this moment.' })
  to?: Date;
}
