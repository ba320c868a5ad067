import { IsDate, IsOptional, Length } from 'class-validator';

export class StrategyReportInput {
  /** Empty for all. */
  @Length(0, 64)
  strategyId!: string;
}

export class StockReportInput {
  /** Empty for all. */
  @Length(0, 64)
  stockId!: string;
}

export class SinceInput {
  @IsOptional()
  @IsDate()
  from?: Date;
}
