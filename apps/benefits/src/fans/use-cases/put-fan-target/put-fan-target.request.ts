import { Type } from 'class-transformer';
import { IsDefined, IsTimeZone, Length, Matches, ValidateNested } from 'class-validator';
import { TargetInput } from '../follow/follow.request';

export class FanTargetInput extends TargetInput {
  @Length(1, 100)
  name!: string;

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @IsTimeZone()
  timeZone!: string;
}

export class PutFanTargetInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => FanTargetInput)
  target!: FanTargetInput;
}
