import type * as rpc from '@tidegate/contracts/leads/v1/leads';
import { shown } from '../../http/shown';

export class Lead implements rpc.Lead {
  @shown.text() leadId!: string;
  @shown.text() decisionId!: string;
  @shown.text() customerId!: string;
  @shown.text() strategyId!: string;
  @shown.text() actionId!: string;
  @shown.text() queue!: string;
  @shown.text() orgPath!: string;
  @shown.text('waiting, offered, accepted, call_back, closed.') state!: string;
  @shown.decimal() priority!: number;
  @shown.text() seatId!: string;
  @shown.whole() attemptCount!: number;
  @shown.text() disposition!: string;
  @shown.text() note!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.time() offeredAt!: Date | undefined;
  @shown.time() offerExpiresAt!: Date | undefined;
  @shown.time() acceptedAt!: Date | undefined;
  @shown.time() callBackAt!: Date | undefined;
  @shown.time() closedAt!: Date | undefined;
  @shown.text() title!: string;
}

export class AcceptLeadResponse implements rpc.AcceptLeadResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
}

export class DeclineLeadResponse implements rpc.DeclineLeadResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
}

export class RecordDispositionResponse implements rpc.RecordDispositionResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
}

export class ListLeadsResponse implements rpc.ListLeadsResponse {
  @shown.parts(() => Lead) leads!: Lead[];
  @shown.text() nextPageToken!: string;
}
