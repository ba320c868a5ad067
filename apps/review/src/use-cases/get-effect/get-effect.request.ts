import { Length } from 'class-validator';

export class GetEffectInput {
  @Length(1, 64)
  strategyId!: string;

  /** Empty: that of the evaluation plan, without one converted. */
  @Length(0, 64)
  outcome!: string;
}
