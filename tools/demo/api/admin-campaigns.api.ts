import type {
  Action,
  CreateNameListResponse,
  CreateStrategyResponse,
  DispatchNameListResponse,
  GetNameListResponse,
  GetStrategyResponse,
  ListNameListMembersResponse,
  NameList,
  NameListMember,
  Script,
  Strategy,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { readPages, type Caller } from '../http/caller';
import type { Body, Json } from '../http/json';

const PAGE_SIZE = 1_000;

/** What makers and checkers use: offers, scripts, strategies, name lists. */
export class AdminCampaignsApi {
  constructor(
    private readonly maker: Caller,
    private readonly checker: Caller,
  ) {}

  putScript(scriptId: string, script: Body<Omit<Script, 'scriptId' | 'version'>>, key: string): Promise<unknown> {
    return this.maker.put(`/admin/v1/scripts/${scriptId}`, key, script);
  }

  putAction(actionId: string, action: Body<Omit<Action, 'actionId' | 'version'>>, key: string): Promise<unknown> {
    return this.maker.put(`/admin/v1/actions/${actionId}`, key, action);
  }

  draft(strategy: Body<Strategy>, key: string): Promise<Json<CreateStrategyResponse>> {
    return this.maker.post('/admin/v1/strategies', key, strategy);
  }

  submit(strategyId: string, key: string): Promise<unknown> {
    return this.maker.post(`/admin/v1/strategies/${strategyId}/submit`, key);
  }

  approve(
    strategyId: string,
    by: 'maker' | 'checker',
    review: { contentHash: string; comment: string },
    key: string,
  ): Promise<unknown> {
    return this[by].post(`/admin/v1/strategies/${strategyId}/approve`, key, review);
  }

  async getStrategy(strategyId: string): Promise<Json<Strategy>> {
    const { strategy } = await this.maker.get<Json<GetStrategyResponse>>(`/admin/v1/strategies/${strategyId}`);
    if (strategy === undefined) throw new Error(`there is no strategy ${strategyId}`);
    return strategy;
  }

  createNameList(
    list: { strategyId: string; name: string; segmentId: string },
    key: string,
  ): Promise<Json<CreateNameListResponse>> {
    return this.maker.post('/admin/v1/name-lists', key, list);
  }

  async getNameList(listId: string): Promise<Json<NameList>> {
    const { nameList } = await this.maker.get<Json<GetNameListResponse>>(`/admin/v1/name-lists/${listId}`);
    if (nameList === undefined) throw new Error(`there is no name list ${listId}`);
    return nameList;
  }

  listMembers(listId: string): Promise<Json<NameListMember>[]> {
    return readPages(
      (pageToken) =>
        this.maker.get<Json<ListNameListMembersResponse>>(`/admin/v1/name-lists/${listId}/members`, {
          pageSize: PAGE_SIZE,
          pageToken,
        }),
      ({ members }) => members,
    );
  }

  dispatch(listId: string, capacitySlot: string, key: string): Promise<Json<DispatchNameListResponse>> {
    return this.maker.post(`/admin/v1/name-lists/${listId}/dispatch`, key, { capacitySlot });
  }
}
