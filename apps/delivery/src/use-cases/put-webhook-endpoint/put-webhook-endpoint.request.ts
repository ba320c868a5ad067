import { Type } from 'class-transformer';
import { IsBoolean, IsNotEmptyObject, Length, Matches, ValidateNested } from 'class-validator';

export class WebhookEndpointInput {
  /** Empty: the platform gives one. */
  @Matches(/^([A-Za-z0-9][A-Za-z0-9_.-]{0,63})?$/)
  endpointId!: string;

  @Length(1, 2048)
  url!: string;

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @IsBoolean()
  isActive!: boolean;
}

export class PutWebhookEndpointInput {
  @Length(1, 128)
  requestId!: string;

  @IsNotEmptyObject()
  @ValidateNested()
  @Type(() => WebhookEndpointInput)
  endpoint!: WebhookEndpointInput;
}
