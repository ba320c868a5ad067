import { ArrayMaxSize, ArrayMinSize, Length } from 'class-validator';

export class ListRetractionsInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @Length(1, 64, { each: true })
  decisionIds!: string[];
}
