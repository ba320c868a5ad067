import { Length } from 'class-validator';

export class WithdrawCodesInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  poolId!: string;

  /** Empty for the codes of all imports. */
  @Length(0, 64)
  importId!: string;

  /** Why; empty for none. */
  @Length(0, 200)
  reason!: string;
}
