import { Type } from 'class-transformer';
import { IsDefined, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';

const ALARM_BELOW_MAX = 10_000_000;

export class CodePoolInput {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  @Length(1, 64)
  poolId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(/^[A-Za-z0-9][A-Za-z0-9_-]*$/)
  @Length(1, 64)
  providerId!: string;

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @IsInt()
  @Min(0)
  @Max(ALARM_BELOW_MAX)
  alarmBelowCount!: number;
}

export class PutCodePoolInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => CodePoolInput)
  pool!: CodePoolInput;
}
