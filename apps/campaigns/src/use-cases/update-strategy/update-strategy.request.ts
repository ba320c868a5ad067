import { Type } from 'class-transformer';
import { Length, ValidateNested } from 'class-validator';
import { REQUEST_ID_LENGTH_MAX } from '../../requests/patterns';
import { StrategyInput } from '../../requests/strategy.request';

export class UpdateStrategyInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  /** With the version that was read. */
  @ValidateNested()
  @Type(() => StrategyInput)
  strategy!: StrategyInput;
}
