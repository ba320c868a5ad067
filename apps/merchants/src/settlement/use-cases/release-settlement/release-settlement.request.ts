import { ArrayMaxSize, ArrayMinSize, ArrayUnique, Length } from 'class-validator';

export class ReleaseSettlementInput {
  @Length(1, 128)
  requestId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @Length(1, 128, { each: true })
  batchIds!: string[];
}
