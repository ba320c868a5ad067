import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import type { ExchangeRecord } from '@tidegate/contracts/benefits/v1/exchange';
import type { OwedReward } from '@tidegate/contracts/benefits/v1/rewards';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../../tools/demo/http/json';
import { CLOUD_EVENTS_BATCH, cloudEvent, type Bank } from './bank';
import { FILE_HEADER, fileLine } from './bank-file';
import type { HttpCaller } from './http-caller';

export type Held = Json<Instance>;

/** What a story of benefits and merchants needs to run. */
export const WALLET_SERVICES = ['gateway', 'customers', 'campaigns', 'benefits', 'merchants'];

/** Customers whom the bank knows by name, with the app in their hands. */
export class WalletPeople<Name extends string> {
  private constructor(
    private readonly teller: HttpCaller,
    /** The platform's ids. */
    readonly ids: Record<Name, string>,
    readonly apps: Record<Name, HttpCaller>,
  ) {}

  /** Imports them as customers of the east. */
  static async join<Name extends string>(
    bank: Bank,
    admin: HttpCaller,
    names: readonly Name[],
  ): Promise<WalletPeople<Name>> {
    const people = names.map((externalId) => ({ externalId, balance: 1, orgPath: 'hq/east' }));
    const csv = [FILE_HEADER, ...people.map((person, index) => fileLine(index, person))].join('\n');
    await bank.importFile(admin, 'people.csv', csv, [{ purpose: 'marketing', channel: '*' }]);
    const known = await bank.customers(admin);
    const ids = {} as Record<Name, string>;
    const apps = {} as Record<Name, HttpCaller>;
    for (const name of names) {
      ids[name] = known.get(name)!.customerId;
      apps[name] = await bank.customer(ids[name]);
    }
    return new WalletPeople(await bank.teller(), ids, apps);
  }

  async claim(name: Name, stockId: string): Promise<Held> {
    return (await this.apps[name].post<{ instance: Held }>(`/app/v1/stocks/${stockId}/claims`)).instance;
  }

  async codeOf(name: Name, instanceId: string): Promise<string> {
    const path = `/app/v1/wallet/${instanceId}/redemption-code`;
    return (await this.apps[name].post<{ code: string }>(path)).code;
  }

  async walletOf(name: Name): Promise<Held[]> {
    return (await this.apps[name].get<{ instances: Held[] }>('/app/v1/wallet?pageSize=100')).instances;
  }

  /** States of what a customer holds or held of one stock. */
  async statesOf(name: Name, stockId: string): Promise<string[]> {
    return (await this.walletOf(name)).filter((held) => held.stockId === stockId).map(({ state }) => state);
  }

  async pointsOf(name: Name): Promise<number> {
    return Number((await this.apps[name].get<{ points: number }>('/app/v1/points')).points);
  }

  async rewardsOf(name: Name, cause: string): Promise<Json<OwedReward>[]> {
    const path = '/app/v1/rewards?pageSize=100';
    const { rewards } = await this.apps[name].get<{ rewards: Json<OwedReward>[] }>(path);
    return rewards.filter((reward) => reward.cause === cause);
  }

  /** Exchanges by an offer, and waits until both sides are done. */
  async exchange(name: Name, offerId: string, body: object = {}): Promise<Json<ExchangeRecord>> {
    const path = `/app/v1/exchange-offers/${offerId}/exchanges`;
    const { exchange } = await this.apps[name].post<{ exchange: Json<ExchangeRecord> }>(path, body);
    return eventually(async () => {
      const { exchanges } = await this.apps[name].get<{ exchanges: Json<ExchangeRecord>[] }>('/app/v1/exchanges');
      const settled = exchanges.find(({ exchangeId }) => exchangeId === exchange.exchangeId)!;
      expect(settled.state).toBe('done');
      return settled;
    });
  }

  /** What the phone sends to claim a point of a hunt from where it is. */
  async standAt(name: Name, huntId: string, place: object): Promise<object> {
    const { challenge } = await this.apps[name].post<{ challenge: string }>(`/app/v1/hunts/${huntId}/challenges`);
    return { challenge, position: { accuracyMetres: 5, measuredAt: new Date(), isMocked: false, ...place } };
  }

  /** Status and reason with which the app is refused. */
  async refusal(name: Name, path: string, body: object = {}): Promise<[number, string]> {
    const { status, reason } = await this.apps[name].refused('POST', `/app/v1/${path}`, { body });
    return [status, reason];
  }

  /** Card transactions as the bank's systems tell them. */
  pay(...facts: [name: Name, id: string, amountMinor: number, more?: object][]): Promise<object> {
    const events = facts.map(([name, id, amountMinor, more]) =>
      cloudEvent(id, name, 'transaction', { amountMinor, currency: 'CNY', operation: 'card_payment', ...more }),
    );
    return this.teller.post('/open/v1/events', events, { contentType: CLOUD_EVENTS_BATCH });
  }
}
