import { ArrayMaxSize, ArrayMinSize, Length } from 'class-validator';

export class FindPlacementsInput {
  @Length(1, 64)
  strategyId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @Length(1, 128, { each: true })
  customerIds!: string[];
}
