import {
  Action,
  CampaignsServiceService,
  CreateNameListRequest,
  MomentRule,
  Strategy,
  type NameList,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { NameListsServiceService } from '@tidegate/contracts/campaigns/v1/name_lists';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { willing } from '../testing/scarce-strategy';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const MEMBERS = 6_000;
const CUSTOMERS_PER_EVENT = 200;
const PAGE = 5_000;
const PIECE_BYTES = 128 * 1024;
const STRATEGY = 'crash-list';
const customerIds = Array.from({ length: MEMBERS }, (_, index) => `${STRATEGY}-${index}`).sort();

/** A name list of a file, built in pages: one whole list, with every customer of the file in it once. */
export async function listFlow(platform: TestPlatform): Promise<CrashFlow> {
  const campaigns = careful(await platform.client('campaigns', CampaignsServiceService, 20_000, 'maker'));
  const lists = careful(await platform.client('campaigns', NameListsServiceService, 20_000, 'maker'));

  const send = async (listId: string): Promise<void> => {
    const file = Buffer.from(['customer_id', ...customerIds].join('\n'));
    const pieceCount = Math.ceil(file.length / PIECE_BYTES);
    for (let sequence = 0; sequence < pieceCount; sequence += 1) {
      const content = file.subarray(sequence * PIECE_BYTES, (sequence + 1) * PIECE_BYTES);
      await lists.appendNameListContent({ listId, sequence, content, isLast: sequence === pieceCount - 1 });
    }
  };
  const build = async (requestId: string): Promise<NameList> => {
    const request = CreateNameListRequest.fromPartial({
      requestId,
      strategyId: STRATEGY,
      name: requestId,
      source: 'csv',
    });
    const { listId } = (await campaigns.createNameList(request)).nameList!;
    await send(listId);
    return comesTo(async () => {
      const { nameList } = await campaigns.getNameList({ listId });
      expect(nameList!.state).not.toBe('building');
      return nameList!;
    });
  };
  const membersOf = async (listId: string): Promise<string[]> => {
    const ids: string[] = [];
    let pageToken = '';
    do {
      const page = { listId, pageSize: PAGE, pageToken, agentId: '', reason: '' };
      const { members, nextPageToken } = await campaigns.listNameListMembers(page);
      ids.push(...members.map(({ customerId }) => customerId));
      pageToken = nextPageToken;
    } while (pageToken !== '');
    return ids.sort();
  };

  await publishStrategy(platform);
  for (let from = 0; from < MEMBERS; from += CUSTOMERS_PER_EVENT) {
    const some = customerIds.slice(from, from + CUSTOMERS_PER_EVENT);
    await platform.publish(
      CustomerChanged,
      some.map((id) => ({ customer: willing(id) })),
      `${STRATEGY}-${from}`,
    );
  }
  // Both services have heard of all of them when a list has room for none to be refused.
  let probes = 0;
  await comesTo(async () => {
    const { state, passedCount } = await build(`${STRATEGY}-probe-${(probes += 1)}`);
    expect([state, passedCount]).toEqual(['ready', MEMBERS]);
  });

  return {
    name: 'a name list that is built of a file',
    services: ['campaigns'],
    stride: 3,
    prepare: (id) =>
      Promise.resolve(async () => {
        const { listId, ...built } = await build(id);
        const whole = { state: 'ready', memberCount: MEMBERS, passedCount: MEMBERS, lineCount: MEMBERS };
        expect(built).toMatchObject({ ...whole, refusedLineCount: 0 });
        expect(await membersOf(listId)).toEqual(customerIds);
        const page = { strategyId: STRATEGY, pageSize: 200, pageToken: '', parentListId: '' };
        const { nameLists } = await campaigns.listNameLists(page);
        expect(nameLists.filter(({ name }) => name === id)).toHaveLength(1);
      }),
  };
}

/** Published by its maker and a checker, for nobody but whom lists name. */
async function publishStrategy(platform: TestPlatform): Promise<void> {
  const maker = careful(await platform.client('campaigns', CampaignsServiceService, 20_000, 'maker'));
  const checker = careful(await platform.client('campaigns', CampaignsServiceService, 20_000));
  const message = { channel: 'app', title: 'A deposit', body: 'See our deposit.', contextWeight: 1 };
  const worth = { valueMinor: 1, currency: 'CNY', leverPercent: 100, purpose: 'marketing', orgPath: 'hq' };
  const offer = { actionId: STRATEGY, name: 'A deposit', issue: 'growth', group: 'deposits', treatments: [message] };
  await maker.putAction({ requestId: STRATEGY, action: Action.fromPartial({ ...offer, ...worth }) });
  const rule = MomentRule.fromPartial({
    ruleId: 'outflow',
    kind: 'threshold',
    factType: 'transaction',
    condition: { field: 'event.amount', op: 'gte', value: 10_000 },
    actionIds: [STRATEGY],
  });
  const content = { name: STRATEGY, orgPath: 'hq', actionIds: [STRATEGY], momentRules: [rule] };
  const step = { requestId: STRATEGY, strategyId: STRATEGY };
  await maker.createStrategy({
    requestId: STRATEGY,
    strategy: Strategy.fromPartial({ strategyId: STRATEGY, ...content }),
  });
  const { strategy } = await maker.submitStrategy(step);
  await checker.approveStrategy({ ...step, comment: 'as agreed', contentHash: strategy!.contentHash });
}
