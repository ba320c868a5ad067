import { IsISO8601, Matches } from 'class-validator';
import { TargetInput } from '../follow/follow.request';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class GetFanGrowthInput extends TargetInput {
  @Matches(DAY)
  @IsISO8601({ strict: true })
  fromDay!: string;

  @Matches(DAY)
  @IsISO8601({ strict: true })
  toDay!: string;
}
