import { field } from '../../http/field';

export class CloseComplaintBody {
  @field.text({ max: 1_000 })
  resolution!: string;
}
