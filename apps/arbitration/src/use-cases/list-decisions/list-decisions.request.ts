import { IsIn, IsInt, IsOptional, Length, Max, Min } from 'class-validator';
import { LANGUAGES, type Language } from '../../domain/explain-words';

export class ListDecisionsInput {
  @Length(1, 64)
  customerId!: string;

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}
