import type * as rpc from '@tidegate/contracts/leads/v1/leads';
import { shown } from '../../http/shown';
import { Lead } from './lead.response';

export class Seat implements rpc.Seat {
  @shown.text() seatId!: string;
  @shown.text("The agent's token subject.") agentId!: string;
  @shown.text() orgPath!: string;
  @shown.texts() queues!: string[];
  @shown.texts() skills!: string[];
  @shown.whole('Open leads at once, 1..50.') capacity!: number;
  @shown.text('available, away.') state!: string;
  @shown.whole() openCount!: number;
  @shown.text('The agent’s team 团队; empty for none.') teamId!: string;
}

export class PutSeatResponse implements rpc.PutSeatResponse {
  @shown.part(() => Seat) seat!: Seat | undefined;
}

export class SetSeatStateResponse implements rpc.SetSeatStateResponse {
  @shown.part(() => Seat) seat!: Seat | undefined;
}

export class GetSeatResponse implements rpc.GetSeatResponse {
  @shown.part(() => Seat) seat!: Seat | undefined;
  @shown.parts(() => Lead) openLeads!: Lead[];
}

export class ListSeatsResponse implements rpc.ListSeatsResponse {
  @shown.parts(() => Seat) seats!: Seat[];
  @shown.text() nextPageToken!: string;
}
