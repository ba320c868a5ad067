import type * as rpc from '@tidegate/contracts/leads/v1/coordination';
import { shown } from '../../http/shown';
import { Lead } from './lead.response';

export class RouteStep implements rpc.RouteStep {
  @shown.text('owner, queue.') to!: string;
  @shown.text() queue!: string;
  @shown.whole() waitMinutes!: number;
}

/** An order of precedence 协同顺序. */
export class Route implements rpc.Route {
  @shown.text() routeId!: string;
  @shown.text() orgPath!: string;
  @shown.text() strategyId!: string;
  @shown.text() actionId!: string;
  @shown.text() queue!: string;
  @shown.parts(() => RouteStep) steps!: RouteStep[];
}

export class PutRouteResponse implements rpc.PutRouteResponse {
  @shown.part(() => Route) route!: Route | undefined;
}

export class ListRoutesResponse implements rpc.ListRoutesResponse {
  @shown.parts(() => Route) routes!: Route[];
  @shown.text() nextPageToken!: string;
}

export class TakeOverCustomerResponse implements rpc.TakeOverCustomerResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
  @shown.flag('No lead waited: this one is new.') isInbound!: boolean;
}

export class HandOverLeadResponse implements rpc.HandOverLeadResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
}

export class ReleaseLeadResponse implements rpc.ReleaseLeadResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
}
