import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { CoordinationServiceService } from '@tidegate/contracts/leads/v1/coordination';
import { LeadsServiceService, type Lead, type Queue, type Seat } from '@tidegate/contracts/leads/v1/leads';
import type { Client } from '@tidegate/grpc';
import { persistently, startTestService, type FakeClock, type TestService } from '@tidegate/testing';
import { LEADS_SERVICES } from '../leads-services';
import { LeadsModule } from '../leads.module';
import { buildDecision } from './decision.factory';

/** Peers that nobody listens at: most tests do not need them. */
const NO_PEERS = {
  arbitration: '127.0.0.1:1',
  benefits: '127.0.0.1:1',
  campaigns: '127.0.0.1:1',
  customers: '127.0.0.1:1',
};

/** The service with a queue, seats and leads, spoken to over gRPC and events. */
export class CallCentre {
  readonly leads: Client<typeof LeadsServiceService>;
  private requestCount = 0;

  private constructor(readonly service: TestService) {
    this.leads = service.client(LeadsServiceService);
  }

  static async open(
    options: { clock?: FakeClock; peers?: Record<string, string>; shareWith?: CallCentre } = {},
  ): Promise<CallCentre> {
    return new CallCentre(
      await startTestService(LeadsModule, {
        grpc: LEADS_SERVICES,
        clock: options.clock,
        peers: { ...NO_PEERS, ...options.peers },
        shareWith: options.shareWith?.service,
      }),
    );
  }

  /** A request id that was not used before, or the one asked for. */
  nextRequestId(): string {
    this.requestCount += 1;
    return `${this.service.url}-${this.requestCount}`;
  }

  /** What the agent of a seat calls with. */
  agent(seatId: string): Client<typeof LeadsServiceService> {
    return this.service.client(LeadsServiceService, { id: `agent-${seatId}`, roles: ['agent'], orgPath: 'hq/nowhere' });
  }

  /** Coordination, by whoever is named. */
  coordination(actor?: object): Client<typeof CoordinationServiceService> {
    return this.service.client(CoordinationServiceService, actor);
  }

  async putQueue(overrides: Partial<Queue> = {}): Promise<Queue> {
    const queue: Queue = {
      queue: 'remote',
      name: 'Remote bank',
      channel: 'remote_bank',
      orgPath: 'hq',
      skill: '',
      offerTimeoutSeconds: 60,
      maxAttempts: 3,
      overflowQueue: '',
      maxWaitSeconds: 0,
      waitingCount: 0,
      openCount: 0,
      ...overrides,
    };
    return (await this.leads.putQueue({ requestId: this.nextRequestId(), queue })).queue!;
  }

  async putSeat(seatId: string, overrides: Partial<Seat> = {}): Promise<Seat> {
    const seat: Seat = {
      seatId,
      agentId: `agent-${seatId}`,
      orgPath: 'hq',
      teamId: '',
      queues: ['remote'],
      skills: [],
      capacity: 1,
      state: 'available',
      openCount: 0,
      ...overrides,
    };
    const request = { requestId: this.nextRequestId(), seat };
    return (await persistently(() => this.leads.putSeat(request))).seat!;
  }

  /** Tells of chosen decisions with these numbers; their priority rises with the number. */
  async decide(
    numbers: number[],
    overrides: Parameters<typeof buildDecision>[1] = {},
    messageId?: string,
  ): Promise<void> {
    const made = numbers.map((number) => ({ decision: buildDecision(number, overrides), leftCandidates: [] }));
    await this.service.publish(DecisionMade, 'push', made, messageId);
  }

  async openLeads(seatId: string): Promise<Lead[]> {
    return (await this.leads.getSeat({ seatId })).openLeads;
  }

  async lead(leadId: string): Promise<Lead> {
    return (await this.leads.getLead({ leadId })).lead!;
  }

  accept(lead: { leadId: string }, seatId: string, requestId = this.nextRequestId()): Promise<unknown> {
    return this.agent(seatId).acceptLead({ requestId, leadId: lead.leadId, seatId });
  }

  /** Takes whatever a seat is offered and ends it, again and again, until nothing comes any more. */
  async workUntil(
    isOver: () => boolean,
    seatIds: string[],
    worked: (lead: Lead, seatId: string) => void,
  ): Promise<void> {
    await Promise.all(
      seatIds.map(async (seatId) => {
        const agent = this.agent(seatId);
        while (!isOver()) {
          const { openLeads } = await agent.getSeat({ seatId });
          for (const { leadId } of openLeads) {
            await persistently(() => agent.acceptLead({ requestId: `accept-${leadId}`, leadId, seatId }));
            const end = { requestId: `end-${leadId}`, leadId, seatId, note: '', callBackAt: undefined };
            const { lead } = await persistently(() =>
              agent.recordDisposition({ ...end, disposition: 'not_interested' }),
            );
            worked(lead!, seatId);
          }
          if (openLeads.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }),
    );
  }
}
