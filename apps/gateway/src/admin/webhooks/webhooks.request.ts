import { field } from '../../http/field';

export class WebhookBody {
  @field.text({
    max: 2_000,
    description: 'https, or http on loopback outside production.',
    example: 'https://partner.example/hook',
  })
  url!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.flag({ optional: true, description: 'True when left out.' })
  isActive?: boolean;
}
