import { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { LeadsServiceService, Queue, Seat } from '@tidegate/contracts/leads/v1/leads';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const AGENT = 'crash-agent';

/** A decision for a person: one lead, offered to the one seat of its queue, taken up and ended there. */
export async function leadFlow(platform: TestPlatform): Promise<CrashFlow> {
  const leads = careful(await platform.client('leads', LeadsServiceService, 20_000));
  const agent = careful(await platform.client('leads', LeadsServiceService, 20_000, AGENT));
  return {
    name: 'a lead that is offered, accepted and converted',
    services: ['leads'],
    prepare: async (id) => {
      const [queue, seatId] = [`${id}-q`, `${id}-s`];
      const terms = { name: queue, channel: 'remote_bank', orgPath: 'hq', offerTimeoutSeconds: 600, maxAttempts: 3 };
      await leads.putQueue({ requestId: id, queue: Queue.fromPartial({ queue, ...terms }) });
      const own = { seatId, agentId: AGENT, orgPath: 'hq', queues: [queue], capacity: 1, state: 'available' };
      await leads.putSeat({ requestId: id, seat: Seat.fromPartial(own) });
      const chosen = { customerId: `${id}-a`, strategyId: id, reason: 'CHOSEN', group: 'treated', mode: 'push' };
      const decision = Decision.fromPartial({ decisionId: id, queue, channel: 'remote_bank', ...chosen });
      return async () => {
        for (const time of ['first', 'again'])
          await platform.publish(DecisionMade, [{ decision, leftCandidates: [] }], `${id}-${time}`);
        const [lead] = await comesTo(async () => {
          const { openLeads } = await agent.getSeat({ seatId });
          expect(openLeads).toMatchObject([{ decisionId: id, state: 'offered' }]);
          return openLeads;
        });
        const { leadId } = lead!;
        await agent.acceptLead({ requestId: id, leadId, seatId });
        const end = { disposition: 'converted', note: '', callBackAt: undefined };
        await agent.recordDisposition({ requestId: id, leadId, seatId, ...end });
        expect((await leads.getLead({ leadId })).lead).toMatchObject({ state: 'closed', disposition: 'converted' });
        const page = { seatId: '', customerId: '', state: '', pageSize: 10, pageToken: '' };
        expect((await leads.listLeads({ queue, ...page })).leads).toHaveLength(1);
      };
    },
  };
}
