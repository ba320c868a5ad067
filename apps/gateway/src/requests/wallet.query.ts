import { PageQuery } from '../http/page.query';
import { queryField } from '../http/query-field';

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
