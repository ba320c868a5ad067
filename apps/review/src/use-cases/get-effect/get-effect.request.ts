import { Length } from 'class-validator';

export class GetEffectInput {
  @Length(1, 64)
  strategyId!: string;

  /** Empty: converted. */
  @Length(0, 64)
  outcome!: string;
}
