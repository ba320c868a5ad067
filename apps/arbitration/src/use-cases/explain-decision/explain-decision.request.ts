import { IsIn, Length } from 'class-validator';
import { LANGUAGES, type Language } from '../../domain/explain-words';

export class ExplainDecisionInput {
  @Length(1, 128)
  decisionId!: string;

  @IsIn(LANGUAGES)
  language!: Language;
}
