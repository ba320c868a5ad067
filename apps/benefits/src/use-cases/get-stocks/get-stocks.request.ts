import { ArrayMaxSize, ArrayMinSize, Length } from 'class-validator';

export class GetStocksInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Length(1, 64, { each: true })
  stockIds!: string[];
}
