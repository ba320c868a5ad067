import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmptyObject, Length, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { HUMAN_CHANNELS, type HumanChannel } from '../../domain/queue';

const WAIT_SECONDS_MAX = 90 * 24 * 3600;

export class QueueInput {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)
  queue!: string;

  @Length(1, 100)
  name!: string;

  @IsIn(HUMAN_CHANNELS)
  channel!: HumanChannel;

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @Length(0, 64)
  skill!: string;

  /** 0 takes the default. */
  @ValidateIf((input: QueueInput) => input.offerTimeoutSeconds !== 0)
  @IsInt()
  @Min(5)
  @Max(86_400)
  offerTimeoutSeconds!: number;

  /** 0 takes the default. */
  @IsInt()
  @Min(0)
  @Max(20)
  maxAttempts!: number;

  @Length(0, 64)
  overflowQueue!: string;

  @IsInt()
  @Min(0)
  @Max(WAIT_SECONDS_MAX)
  maxWaitSeconds!: number;
}

export class PutQueueInput {
  @Length(1, 128)
  requestId!: string;

  @IsNotEmptyObject()
  @ValidateNested()
  @Type(() => QueueInput)
  queue!: QueueInput;
}
