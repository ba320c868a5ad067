import { IsIn, IsOptional, Length } from 'class-validator';
import { LANGUAGES, type Language } from '../../domain/explain-words';

export class GetDecisionInput {
  @Length(1, 128)
  decisionId!: string;

  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}
