import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import { INSTANCE_STATES, type InstanceState } from '../../domain/instance';
import { WALLET_GROUPS, type WalletGroupName } from '../../domain/wallet-group';

export class ListWalletInput {
  @Length(1, 64)
  customerId!: string;

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;

  /** Empty for all. */
  @IsIn(['', ...INSTANCE_STATES])
  state!: InstanceState | '';

  /** Empty for one list, all for the first page of every group. */
  @IsIn(['', 'all', ...WALLET_GROUPS])
  group!: WalletGroupName | 'all' | '';
}
