import { field } from '../../http/field';

export class SeatStateRequest {
  @field.oneOf(['available', 'away'])
  state!: string;
}
