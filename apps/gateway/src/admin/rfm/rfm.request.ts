import { field } from '../../http/field';

export class ComputeRfmBody {
  @field.whole({ min: 1, max: 3_650 })
  windowDays!: number;

  @field.time({ optional: true, description: 'End of the window; now when left out.' })
  asOf?: Date;

  @field.text({ optional: true, max: 128, description: 'Event type whose amount counts; transaction when left out.' })
  eventType?: string;
}
