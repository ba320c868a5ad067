import { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CountRepository, customerCountKey, stockCountKey } from '../../repositories/count.repository';
import type { Stock } from '../../domain/stock';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import { aStock } from '../stock.factory';
import type { WalletFixture } from '../wallet.fixture';
import { takenOf, type ModelState, type ModelStock, type Request, type ShownItem } from './model-state';
import { CUSTOMERS, MERCHANTS, STOCKS, type Wish } from './steps';
import { WalletNames } from './wallet-names';

const TRIES_MAX = 20;
/** Crowded out, or not answered in time: the same request again tells what came of it. */
const MAY_PASS = ['ABORTED', 'DEADLINE_EXCEEDED', 'UNAVAILABLE'];

/** What the model and the service must agree on. */
export interface View {
  instances: Record<string, string>;
  taken: Record<string, number>;
  balances: Record<string, number>;
}

/** What one sequence does to the service, with customers, merchants and stocks of its own. */
export class WalletRun {
  private readonly names: WalletNames;
  private readonly sent: Request[] = [];

  constructor(
    private readonly replicas: readonly [WalletFixture, WalletFixture],
    private readonly run: string,
  ) {
    this.names = new WalletNames(run);
  }

  get now(): number {
    return this.replicas[0].clock.now().getTime();
  }

  /** Its own stocks by the model's terms. */
  stocks(terms: Record<string, ModelStock>): Stock[] {
    return Object.entries(terms).map(([name, stock]) =>
      aStock({
        stockId: this.names.real(name),
        kind: stock.isStored ? 'red_packet' : 'amount_discount',
        faceValueMinor: stock.face,
        thresholdMinor: stock.threshold,
        totalLimit: stock.total,
        dailyLimit: stock.perDay,
        perCustomerLimit: stock.perCustomer,
        claimStartsAt: new Date(this.now),
        claimEndsAt: new Date(stock.endsAt),
        validForSeconds: stock.validMs / 1000,
        costShares: [
          { funder: 'bank', partyId: this.run, basisPoints: 7_000 },
          { funder: 'merchant', partyId: '', basisPoints: 3_000 },
        ],
        orgPath: `hq/${this.run}`,
      }),
    );
  }

  /** Ties a wish to what is there; undefined when there is nothing to do it with. */
  tie(wish: Wish, state: ModelState): Request | undefined {
    const id = `${wish.do}-${this.sent.length}`;
    const request = this.bind(id, wish, state);
    if (request && wish.do !== 'again') this.sent.push(request);
    return request;
  }

  /** Sends a request to one replica until it is answered, and says what came of it in the model's words. */
  async send(request: Request, replica: number): Promise<string> {
    const { benefits } = this.replicas[replica % this.replicas.length]!;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.names.send(benefits, request);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (!MAY_PASS.includes(error.code) || attempt >= TRIES_MAX) return error.reason;
      }
    }
  }

  /** Until both replicas have heard that a stock which sold out has one again. */
  async hearOfReplenished(state: ModelState): Promise<void> {
    const open = STOCKS.filter((name) => takenOf(state, name) < state.stocks[name]!.total);
    await eventually(() => {
      for (const { service } of this.replicas) {
        const deaf = open.filter((name) => service.app.get(StockCatalogue).isSoldOut(this.names.real(name)));
        expect(deaf).toEqual([]);
      }
    });
  }

  /** What the service has. */
  async view(): Promise<View> {
    const [{ service, balance }] = this.replicas;
    const [names, ids] = [Object.keys(this.names.instances), Object.values(this.names.instances).map(({ id }) => id)];
    const found = await service.app.get(InstanceRepository).findMany(ids);
    const keys = limitKeys().map(([stock, customer]) =>
      customer
        ? customerCountKey(this.names.real(stock), this.names.real(customer))
        : stockCountKey({ stockId: this.names.real(stock), shardCount: 0 }),
    );
    const counts = await service.app.get(CountRepository).find(keys);
    const balances = await Promise.all(accounts().map((name) => balance(this.realAccount(name))));
    return {
      instances: Object.fromEntries(names.map((name, index) => [name, shownInstance(found.get(ids[index]!))])),
      taken: Object.fromEntries(limitKeys().map((key, index) => [key.join(' '), counts.get(keys[index]!)?.total ?? 0])),
      balances: Object.fromEntries(accounts().map((name, index) => [name, balances[index]!])),
    };
  }

  private realAccount(name: string): string {
    if (name.endsWith('_bank')) return `${name}:${this.run}`;
    const [kind = '', owner = ''] = name.split(':');
    return `${kind}:${this.names.real(owner)}`;
  }

  private bind(id: string, wish: Wish, state: ModelState): Request | undefined {
    const customer = CUSTOMERS[wish.whom % CUSTOMERS.length]!;
    const merchant = MERCHANTS[wish.whom % MERCHANTS.length]!;
    const instance = pick(Object.keys(this.names.instances), wish.pick);
    const hold = pick(Object.keys(this.names.holds), wish.pick);
    const gift = pick(Object.keys(this.names.gifts), wish.pick);
    const redemption = pick(Object.keys(this.names.redemptions), wish.pick);
    switch (wish.do) {
      case 'claim':
        return { id, do: 'claim', stock: STOCKS[wish.pick % STOCKS.length]!, customer };
      case 'redeem':
      case 'hold':
        return instance === undefined
          ? undefined
          : { id, do: wish.do, items: this.show(wish), merchant, order: wish.order };
      case 'commit':
      case 'void_hold':
        return hold === undefined ? undefined : { id, do: wish.do, hold };
      case 'reverse':
        return redemption === undefined ? undefined : { id, do: 'reverse', redemption };
      case 'accept':
        return gift === undefined ? undefined : { id, do: 'accept', gift, customer };
      case 'cancel':
        return gift === undefined ? undefined : { id, do: 'cancel', gift };
      case 'transfer':
        return instance === undefined ? undefined : { id, do: 'transfer', instance, customer };
      case 'offer':
        return instance === undefined ? undefined : { id, do: 'offer', instance };
      case 'void':
        // Past its date it may still be taken back, or be swept before that: both are right, so it is not played.
        if (instance === undefined || state.instances[instance]!.endsAt <= state.now) return undefined;
        return { id, do: 'void', instance };
      case 'again':
        return pick(this.sent, wish.pick);
    }
  }

  private show({ pick: first, items, nonce, amount }: Wish): ShownItem[] {
    const names = Object.keys(this.names.instances);
    const chosen = Array.from({ length: items }, (_, index) => pick(names, first + index)!);
    return chosen.map((instance) => ({ instance, madeAt: this.now, nonce, amount }));
  }
}

/** Counted from the newest, so that small numbers meet at the same thing. */
const pick = <T>(things: T[], index: number): T | undefined => things[things.length - 1 - (index % things.length)];

const limitKeys = (): [string, string?][] =>
  STOCKS.flatMap(
    (stock) => [[stock], ...CUSTOMERS.map((customer): [string, string] => [stock, customer])] as [string, string?][],
  );

const accounts = (): string[] => [
  // What merchants promise is one account for all runs: it is what all the others leave.
  'budget_bank',
  'expired_bank',
  'cost_bank',
  ...MERCHANTS.flatMap((merchant) => [`cost_merchant:${merchant}`, `payable:${merchant}`]),
  ...CUSTOMERS.flatMap((customer) => [`customer:${customer}`, `held:${customer}`, `on_way:${customer}`]),
];

const shownInstance = (instance?: { state: string; remainingMinor: number }): string =>
  instance ? `${instance.state} ${instance.remainingMinor}` : 'missing';

/** What the model says the service must have. */
export const viewOf = (state: ModelState): View => ({
  instances: Object.fromEntries(
    Object.entries(state.instances).map(([name, { state: at, left }]) => [name, `${at} ${left}`]),
  ),
  taken: Object.fromEntries(limitKeys().map((key) => [key.join(' '), takenOf(state, key.join(' '))])),
  balances: Object.fromEntries(accounts().map((name) => [name, state.balances[name] ?? 0])),
});
