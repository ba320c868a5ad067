import { ArbitrationServiceService, StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { callsOnly, willing } from '../testing/scarce-strategy';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const UNITS = 2;

/** A call that is promised and then retracted for a complaint: its unit of people's time comes back once. */
export async function retractionFlow(platform: TestPlatform): Promise<CrashFlow> {
  const arbitration = careful(await platform.client('arbitration', ArbitrationServiceService, 20_000));
  const reserved = async (queue: string, count: number): Promise<void> => {
    const { capacities } = await arbitration.listCapacity({ queue, pageSize: 10, pageToken: '' });
    expect(capacities).toMatchObject([{ units: UNITS, reserved: count, used: 0 }]);
  };

  return {
    name: 'a call that a complaint retracts',
    services: ['arbitration'],
    stride: 1,
    prepare: async (id) => {
      const { policy } = await arbitration.getContactPolicy({});
      const open = { ...policy!, quietHours: [], globalHoldoutBasisPoints: 0 };
      await arbitration.putContactPolicy({ requestId: id, policy: open });
      const slot = new Intl.DateTimeFormat('en-CA', { timeZone: policy!.timeZone || 'Asia/Shanghai' }).format();
      await arbitration.putCapacity({ requestId: id, queue: id, slot, units: UNITS });
      await platform.publish(CustomerChanged, [{ customer: willing(id) }], `${id}-customer`);
      await platform.publish(StrategyChanged, [{ snapshot: callsOnly(id, id) }], `${id}-strategy`);
      await comesTo(async () => {
        const last = { customerId: id, channels: ['remote_bank'], maxActions: 1, context: undefined };
        const { decisions } = await arbitration.decide({ requestId: `${id}-probe`, ...last, isCommitted: false });
        expect(decisions[0]?.reason).toBe('CHOSEN');
      });
      // A push, for other flows' strategies are live beside its own.
      const request = { requestId: id, strategyId: id, listId: id, capacitySlot: slot };
      const { pushId } = (await arbitration.startPush(StartPushRequest.fromPartial(request))).push!;
      await arbitration.appendPushMembers({ pushId, sequence: 0, customerIds: [id], isLast: true });
      await comesTo(async () => expect((await arbitration.getPush({ pushId })).push?.state).toBe('completed'));
      const { decisions } = await arbitration.listPushDecisions({ pushId, pageSize: 1, pageToken: '' });
      const { decisionId } = decisions[0]!;
      await reserved(id, 1);
      return async () => {
        await arbitration.applyHold({ customerId: id, hasComplaintHold: true, version: 2 });
        const { retractions } = await arbitration.listRetractions({ decisionIds: [decisionId] });
        expect(retractions).toMatchObject([{ decisionId, reason: 'COMPLAINT_HOLD' }]);
        await comesTo(() => reserved(id, 0));
      };
    },
  };
}
