import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export const INSTANCE_STATES = ['issued', 'held', 'redeemed', 'gifting', 'expired'] as const;

export class WalletQuery extends PageQuery {
  @queryField.oneOf(INSTANCE_STATES)
  state?: string;
}

export class ClaimRequest {
  @field.text({ optional: true, max: 64, description: 'The decision that offered it, when there is one.' })
  decisionId?: string;
}
