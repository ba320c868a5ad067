import { field } from '../../http/field';

export class ArrivalBody {
  @field.text({ max: 64 })
  seatId!: string;

  @field.oneOf(['phone', 'walk_in'])
  channel!: string;

  @field.text({ optional: true, max: 1_000, description: 'What he came for.' })
  note?: string;
}
