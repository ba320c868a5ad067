import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';

/** What is said on one channel. */
export class Treatment implements rpc.Treatment {
  @shown.text('app, sms, wecom, voice_bot, remote_bank, branch, merchant, webhook.') channel!: string;
  @shown.text() title!: string;
  @shown.text('Text with {{customer.externalId}}-like variables, rendered for one customer.') body!: string;
  @shown.text('Human channels: the script to speak, bound to a version at publishing.') scriptId!: string;
  @shown.text('Human channels: the queue that works it.') queue!: string;
  @shown.text('A benefit stock to claim from.') benefitStockId!: string;
  @shown.decimal('Context weight of this channel; 0 reads as 1.') contextWeight!: number;
}

export class Action implements rpc.Action {
  @shown.text() actionId!: string;
  @shown.text() name!: string;
  @shown.text('Business issue, e.g. growth, retention.') issue!: string;
  @shown.text('Product group, e.g. deposits.') group!: string;
  @shown.parts(() => Treatment) treatments!: Treatment[];
  @shown.whole('Value of one success, minor units of currency.') valueMinor!: number;
  @shown.text() currency!: string;
  @shown.decimal('Business lever in percent; 100 is neutral.') leverPercent!: number;
  @shown.json('Rules of docs/rules.md; unset means always.') eligibility!: Record<string, unknown> | undefined;
  @shown.json() applicability!: Record<string, unknown> | undefined;
  @shown.json() suitability!: Record<string, unknown> | undefined;
  @shown.text('Model slot that gives its propensity; empty means propensity 1.') modelSlot!: string;
  @shown.text('marketing or service; the consent it needs.') purpose!: string;
  @shown.text() orgPath!: string;
  @shown.whole() version!: number;
}

export class PutActionResponse implements rpc.PutActionResponse {
  @shown.part(() => Action) action!: Action | undefined;
}

export class GetActionResponse implements rpc.GetActionResponse {
  @shown.part(() => Action) action!: Action | undefined;
}

export class ListActionsResponse implements rpc.ListActionsResponse {
  @shown.parts(() => Action) actions!: Action[];
  @shown.text() nextPageToken!: string;
}
