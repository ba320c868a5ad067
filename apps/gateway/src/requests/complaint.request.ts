import { field } from '../http/field';

/** A complaint stops promotion at once. */
export class ComplaintRequest {
  @field.text({ max: 500 })
  subject!: string;
}
