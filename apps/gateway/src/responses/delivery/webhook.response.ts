import type * as rpc from '@tidegate/contracts/delivery/v1/delivery';
import { shown } from '../../http/shown';

export class WebhookEndpoint implements rpc.WebhookEndpoint {
  @shown.text() endpointId!: string;
  @shown.text('https, or http on loopback outside production.') url!: string;
  @shown.text() orgPath!: string;
  @shown.flag() isActive!: boolean;
}

export class PutWebhookEndpointResponse implements rpc.PutWebhookEndpointResponse {
  @shown.part(() => WebhookEndpoint) endpoint!: WebhookEndpoint | undefined;
  @shown.text('Standard Webhooks secret, "whsec_" + base64.') secret!: string;
}

export class ListWebhookEndpointsResponse implements rpc.ListWebhookEndpointsResponse {
  @shown.parts(() => WebhookEndpoint) endpoints!: WebhookEndpoint[];
  @shown.text() nextPageToken!: string;
}
