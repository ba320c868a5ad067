import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export const INSTANCE_STATES = [
  'issued',
  'held',
  'gifting',
  'redeemed',
  'transferred',
  'expired',
  'void',
  'reversed',
] as const;

export class WalletQuery extends PageQuery {
  @queryField.oneOf(INSTANCE_STATES, { description: 'For the one list.' })
  state?: string;

  @queryField.oneOf(['all', 'available', 'held', 'on_way', 'used', 'expired'], {
    description: 'One list when left out; all for the first page of every group. A page token is good for its group.',
  })
  group?: string;
}

export class ClaimRequest {
  @field.text({ optional: true, max: 64, description: 'The decision that offered it, when there is one.' })
  decisionId?: string;
}

export class CodeRequest {
  @field.flag({ optional: true, description: 'Also make a number to type in where the code cannot be scanned.' })
  withNumber?: boolean;
}

export class TransferRequest {
  @field.text({ max: 64, description: 'Who gets it.' })
  toCustomerId!: string;
}
