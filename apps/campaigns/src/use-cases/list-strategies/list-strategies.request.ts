import { IsIn, IsInt, IsString } from 'class-validator';
import { STRATEGY_STATES, type StrategyState } from '../../domain/strategy-state';

export class ListStrategiesInput {
  @IsInt()
  pageSize!: number;

  @IsString()
  pageToken!: string;

  /** Empty for any. */
  @IsIn(['', ...STRATEGY_STATES])
  state!: StrategyState | '';
}
