import { field } from '../../http/field';

export class MarkRequest {
  @field.oneOf(['read', 'clicked', 'dismissed'])
  mark!: string;
}
