import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import { LEAD_STATES, type LeadState } from '../../domain/lead';

export class ListLeadsInput {
  @Length(0, 64)
  queue!: string;

  @Length(0, 64)
  seatId!: string;

  @Length(0, 64)
  customerId!: string;

  /** Empty for all. */
  @IsIn(['', ...LEAD_STATES])
  state!: LeadState | '';

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
