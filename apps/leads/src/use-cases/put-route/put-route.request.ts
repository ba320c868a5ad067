import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsDefined,
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ROUTE_STEPS_MAX } from '../../domain/route';

const WAIT_MINUTES_MAX = 90 * 24 * 60;

export class RouteStepInput {
  @IsIn(['owner', 'queue'])
  to!: 'owner' | 'queue';

  @Length(0, 64)
  queue!: string;

  @IsInt()
  @Min(0)
  @Max(WAIT_MINUTES_MAX)
  waitMinutes!: number;
}

export class RouteInput {
  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @Length(0, 64)
  strategyId!: string;

  @Length(0, 64)
  actionId!: string;

  @Length(0, 64)
  queue!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(ROUTE_STEPS_MAX)
  @ValidateNested({ each: true })
  @Type(() => RouteStepInput)
  steps!: RouteStepInput[];
}

export class PutRouteInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => RouteInput)
  route!: RouteInput;
}
