import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Action, CampaignsServiceService, Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import { Customer, CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { headOffice } from '../../../libs/testing/src/index';
import { importCustomers } from '../import-customers';
import { percentile } from '../load';
import { publishEvents } from '../publish-events';
import { byValue, type BenchRow } from '../row';
import type { BenchStack } from '../stack';

const STRATEGIES = 30;
const MS_MAX = 200;
const GIVE_UP_MS = 5_000;
const DAY_MS = 86_400_000;
const CUSTOMER_ID = 'publish-customer';
const SEGMENT_ID = 'publish-everybody';

/** From the answer to an approval to the first decision that knows the strategy; the time a decision takes by itself as the floor. */
export async function publishVisible(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService);
  const maker = await stack.client('campaigns', CampaignsServiceService, {
    actor: { ...headOffice, id: 'publish-maker' },
  });
  const checker = await stack.client('campaigns', CampaignsServiceService, {
    actor: { ...headOffice, id: 'publish-checker' },
  });
  const customer = Customer.fromPartial({ customerId: CUSTOMER_ID, externalId: 'p', orgPath: 'hq', version: 1 });
  await publishEvents(await stack.bus(), CustomerChanged, [{ customer }]);
  const isVisible = async (strategyId: string): Promise<boolean> => {
    const request = { requestId: '', customerId: CUSTOMER_ID, channels: ['app'], maxActions: 1, isCommitted: false };
    const { decisions } = await arbitration.decide({ ...request, context: undefined });
    return decisions.some(({ candidates }) => candidates.some((one) => one.strategyId === strategyId));
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await isVisible('none').then(
        () => true,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // A strategy for nobody is not published.
  await importCustomers(stack, 'publish', 1);
  const customers = await stack.client('customers', CustomersServiceService);
  const segment = { segmentId: SEGMENT_ID, name: 'Everybody', rule: { all: [] }, orgPath: 'hq', version: 0 };
  await customers.putSegment({
    requestId: 'publish-segment',
    isNew: false,
    segment: { ...segment, updatedAt: undefined, authors: [] },
  });
  const treatment = { channel: 'app', title: 'A better rate', body: 'Dear {{customer.externalId}}' };
  const action = Action.fromPartial({
    actionId: 'publish-action',
    name: 'Term deposit',
    issue: 'growth',
    group: 'deposits',
    treatments: [treatment],
    valueMinor: 1_000,
    currency: 'CNY',
    leverPercent: 100,
    purpose: 'marketing',
    orgPath: 'hq',
  });
  await maker.putAction({ requestId: 'publish-action', action });
  const [visible, alone]: [number[], number[]] = [[], []];
  for (let index = 0; index < STRATEGIES; index += 1) {
    const { strategy } = await maker.createStrategy({ requestId: `create-${index}`, strategy: draft(index) });
    const strategyId = strategy?.strategyId ?? '';
    const { strategy: submitted } = await maker.submitStrategy({ requestId: `submit-${index}`, strategyId });
    const contentHash = submitted?.contentHash ?? '';
    await checker.approveStrategy({ requestId: `approve-${index}`, strategyId, comment: '', contentHash });
    const approvedAt = performance.now();
    while (!(await isVisible(strategyId))) {
      if (performance.now() - approvedAt > GIVE_UP_MS) throw new Error('publish-visible: not visible');
      await nextTurn();
    }
    visible.push(performance.now() - approvedAt);
    const askedAt = performance.now();
    await isVisible(strategyId);
    alone.push(performance.now() - askedAt);
  }
  const sorted = (times: number[]): number[] => [...times].sort((a, b) => a - b);
  tell(`publish-visible: p50 ${percentile(sorted(visible), 0.5).toFixed(1)} ms`);
  const [worst, floor] = [percentile(sorted(visible), 1), percentile(sorted(alone), 0.5)];
  return [byValue('publish-visible: the slowest of 30; floor: one decision', 'ms', worst, floor, '<=', MS_MAX)];
}

const draft = (index: number): Strategy =>
  Strategy.fromPartial({
    name: `Published ${index}`,
    orgPath: 'hq',
    segmentId: SEGMENT_ID,
    actionIds: ['publish-action'],
    startsAt: new Date(Date.now() - DAY_MS),
    endsAt: new Date(Date.now() + 30 * DAY_MS),
  });
