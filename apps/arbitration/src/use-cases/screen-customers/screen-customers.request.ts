import { ArrayMaxSize, ArrayMinSize, Length } from 'class-validator';

export class ScreenCustomersInput {
  @Length(1, 64)
  strategyId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @Length(1, 64, { each: true })
  customerIds!: string[];
}
