import { IsInt, Length, Max, Min } from 'class-validator';
import { REQUEST_ID_LENGTH_MAX } from '../../../requests/patterns';

export class DispatchNameListInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @Length(1, 64)
  listId!: string;

  /** Empty for the current one. */
  @Length(0, 64)
  capacitySlot!: string;

  /** Days after today that a list longer than a day goes on to. */
  @IsInt()
  @Min(0)
  @Max(60)
  horizonDays!: number;
}
