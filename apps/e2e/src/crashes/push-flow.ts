import { ArbitrationServiceService, StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { callsOnly, willing } from '../testing/scarce-strategy';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const MEMBERS = 1_200;
const UNITS = 300;
const PAGE = 200;

/** A push over a list for fewer seats than members: each of them is decided once, and the seats are filled exactly. */
export async function pushFlow(platform: TestPlatform): Promise<CrashFlow> {
  const arbitration = careful(await platform.client('arbitration', ArbitrationServiceService, 20_000));

  const decidedCustomers = async (pushId: string): Promise<string[]> => {
    const ids: string[] = [];
    let pageToken = '';
    do {
      const page = await arbitration.listPushDecisions({ pushId, pageSize: PAGE, pageToken });
      ids.push(...page.decisions.map(({ customerId }) => customerId));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    return ids.sort();
  };

  return {
    name: 'a push over a list',
    services: ['arbitration'],
    stride: 5,
    prepare: async (id) => {
      const customerIds = Array.from({ length: MEMBERS }, (_, index) => `${id}-${index}`);
      const { policy } = await arbitration.getContactPolicy({});
      const open = { ...policy!, quietHours: [], globalHoldoutBasisPoints: 0 };
      await arbitration.putContactPolicy({ requestId: id, policy: open });
      const slot = new Intl.DateTimeFormat('en-CA', { timeZone: policy!.timeZone || 'Asia/Shanghai' }).format();
      await arbitration.putCapacity({ requestId: id, queue: id, slot, units: UNITS });
      for (let from = 0; from < MEMBERS; from += PAGE) {
        const customers = customerIds.slice(from, from + PAGE).map((customerId) => ({ customer: willing(customerId) }));
        await platform.publish(CustomerChanged, customers, `${id}-customers-${from}`);
      }
      await platform.publish(StrategyChanged, [{ snapshot: callsOnly(id, id) }], `${id}-strategy`);
      await comesTo(async () => {
        const last = { customerId: customerIds.at(-1)!, channels: ['remote_bank'], maxActions: 1, context: undefined };
        const { decisions } = await arbitration.decide({ requestId: `${id}-probe`, ...last, isCommitted: false });
        expect(decisions[0]?.reason).toBe('CHOSEN');
      });
      return async () => {
        const request = { requestId: id, strategyId: id, listId: id, capacitySlot: slot };
        const { pushId } = (await arbitration.startPush(StartPushRequest.fromPartial(request))).push!;
        await arbitration.appendPushMembers({ pushId, sequence: 0, customerIds, isLast: true });
        await comesTo(async () => {
          const { push } = await arbitration.getPush({ pushId });
          expect(push).toMatchObject({ state: 'completed', decidedCount: MEMBERS, chosenCount: UNITS });
        });
        expect(await decidedCustomers(pushId)).toEqual([...customerIds].sort());
        const { capacities } = await arbitration.listCapacity({ queue: id, pageSize: 10, pageToken: '' });
        expect(capacities).toMatchObject([{ units: UNITS, reserved: UNITS, used: 0 }]);
      };
    },
  };
}
