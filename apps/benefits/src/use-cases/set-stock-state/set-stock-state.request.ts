import { IsIn, Length } from 'class-validator';
import { STOCK_STATES, type StockState } from '../../domain/stock';

export class SetStockStateInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  stockId!: string;

  @IsIn(STOCK_STATES)
  state!: StockState;
}
