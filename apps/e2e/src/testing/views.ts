import type { Decision, Push } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { NameList } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { Message } from '@tidegate/contracts/delivery/v1/delivery';
import type { GetLeadResponse, Lead } from '@tidegate/contracts/leads/v1/leads';
import type { FunnelRow as Funnel } from '@tidegate/contracts/review/v1/review';
import type { Json } from '../../../../tools/demo/http/json';

// What the gateway shows of the contracts' messages, as JSON.
export type Brief = Json<Omit<GetLeadResponse, 'script'>> & { script: { opening: string } };
export type DecisionView = Json<Decision>;
export type FunnelRow = Json<Funnel>;
export type LeadView = Json<Lead>;
export type MessageView = Json<Message>;
export type NameListView = Json<NameList>;
export type PushView = Json<Push>;
