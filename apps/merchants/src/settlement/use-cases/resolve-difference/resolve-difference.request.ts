import { IsIn, Length } from 'class-validator';
import { RESOLUTIONS, type Resolution } from '../../domain/reconciliation';

export class ResolveDifferenceInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  differenceId!: string;

  @IsIn(RESOLUTIONS)
  resolution!: Resolution;

  @Length(1, 500)
  comment!: string;

  /** Empty when nothing had to be adjusted. */
  @Length(0, 128)
  adjustmentId!: string;
}
