import type {
  AcceptLeadResponse,
  GetLeadResponse,
  Lead,
  ListLeadsResponse,
  RecordDispositionResponse,
} from '@tidegate/contracts/leads/v1/leads';
import type { Caller } from '../http/caller';
import type { Json } from '../http/json';

const PAGE_SIZE = 200;

/** What one agent's screen uses. */
export class WorkbenchApi {
  constructor(private readonly caller: Caller) {}

  setSeatState(seatId: string, state: 'available' | 'away', key: string): Promise<unknown> {
    return this.caller.put(`/workbench/v1/seats/${seatId}/state`, key, { state });
  }

  getLead(leadId: string): Promise<Json<GetLeadResponse>> {
    return this.caller.get(`/workbench/v1/leads/${leadId}`);
  }

  async listNewestLeads(filter: { queue: string; state: string }): Promise<Json<Lead>[]> {
    const query = { ...filter, pageSize: PAGE_SIZE };
    return (await this.caller.get<Json<ListLeadsResponse>>('/workbench/v1/leads', query)).leads;
  }

  acceptLead(leadId: string, seatId: string, key: string): Promise<Json<AcceptLeadResponse>> {
    return this.caller.post(`/workbench/v1/leads/${leadId}/accept`, key, { seatId });
  }

  disposeLead(
    leadId: string,
    answer: { seatId: string; disposition: string; note?: string },
    key: string,
  ): Promise<Json<RecordDispositionResponse>> {
    return this.caller.post(`/workbench/v1/leads/${leadId}/disposition`, key, answer);
  }

  /** The seat's leads as they come: a snapshot first, then each change. Ends when the signal says so, or with the connection. */
  async *watchSeat(seatId: string, signal: AbortSignal): AsyncGenerator<SeatMessage> {
    const call = { method: 'GET' as const, path: `/workbench/v1/seats/${seatId}/events` };
    const { statusCode, body } = await this.caller.client.stream(call, this.caller.credentials, signal);
    if (statusCode !== 200) throw new Error(`the stream of seat ${seatId} was answered ${statusCode}`);
    body.setEncoding('utf8');
    let rest = '';
    for await (const chunk of body) {
      const blocks = (rest + String(chunk)).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = readMessage(block);
        if (message !== null) yield message;
      }
    }
  }
}

/** One message of a seat's stream: what happened, and the leads it is about. */
export interface SeatMessage {
  event: string;
  leads: Json<Lead>[];
}

function readMessage(block: string): SeatMessage | null {
  const field = (name: string): string =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join('\n');
  const [event, data] = [field('event'), field('data')];
  if (event === '' || data === '') return null;
  const { lead, openLeads = [] } = JSON.parse(data) as { lead?: Json<Lead>; openLeads?: Json<Lead>[] };
  return { event, leads: lead === undefined ? openLeads : [lead] };
}
