import { field } from '../../http/field';

export class GiftTokenRequest {
  @field.text({ max: 512, description: 'The secret of the gift link.' })
  token!: string;
}
