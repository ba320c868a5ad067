import type * as rpc from '@tidegate/contracts/leads/v1/leads';
import { shown } from '../../http/shown';

export class LeadStep implements rpc.LeadStep {
  @shown.time() at!: Date | undefined;
  @shown.text('created, owner_absent, untouched, attempts_used_up, overflowed, taken_over, handed_over, promised.')
  cause!: string;
  @shown.text() queue!: string;
  @shown.text() seatId!: string;
}

export class Lead implements rpc.Lead {
  @shown.text() leadId!: string;
  @shown.text() decisionId!: string;
  @shown.text() customerId!: string;
  @shown.text() strategyId!: string;
  @shown.text() actionId!: string;
  @shown.text() queue!: string;
  @shown.text() orgPath!: string;
  @shown.text('scheduled, waiting, offered, accepted, call_back, closed.') state!: string;
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
  @shown.text('Who looks after the customer; empty for nobody.') ownerId!: string;
  @shown.time('When its slot of people’s time begins, or its channel opens; it is worked then.') promisedAt!:
    Date | undefined;
  @shown.text('While it waits for one seat alone.') onlySeatId!: string;
  @shown.parts(() => LeadStep, 'Where it went and why, the oldest first.') steps!: LeadStep[];
  @shown.whole('How often it came to other people.') moveCount!: number;
  @shown.text('The team 团队 that it is offered within; empty for all that serve the queue.') teamId!: string;
  @shown.text(
    'Why its decision was retracted 撤回: CONSENT_MISSING, COMPLAINT_HOLD, STRATEGY_STOPPED; empty when it was not. An accepted lead stays with its seat, without a call-back.',
  )
  retractedReason!: string;
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
