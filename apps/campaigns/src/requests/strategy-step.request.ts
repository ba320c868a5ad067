import { Length } from 'class-validator';
import { REQUEST_ID_LENGTH_MAX } from './patterns';

/** One step of one strategy. */
export class StrategyStepInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @Length(1, 64)
  strategyId!: string;
}
