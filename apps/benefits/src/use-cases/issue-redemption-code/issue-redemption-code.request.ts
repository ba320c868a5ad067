import { IsBoolean, Length } from 'class-validator';

export class IssueRedemptionCodeInput {
  @Length(1, 64)
  instanceId!: string;

  @Length(1, 64)
  customerId!: string;

  /** Also make a number to type in where the code cannot be scanned. */
  @IsBoolean()
  withNumber!: boolean;
}
