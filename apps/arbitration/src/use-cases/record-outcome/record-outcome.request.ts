import { IsDate, IsIn, IsOptional, Length } from 'class-validator';
import { OUTCOMES, type Outcome } from '../../domain/outcome';

/** What a caller may say; `delivered` is told by delivery's own event. */
const TOLD = OUTCOMES.filter((outcome) => outcome !== 'delivered');

export class RecordOutcomeInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  decisionId!: string;

  @IsIn(TOLD)
  outcome!: Outcome;

  /** Unset: now. */
  @IsOptional()
  @IsDate()
  occurredAt?: Date;
}
