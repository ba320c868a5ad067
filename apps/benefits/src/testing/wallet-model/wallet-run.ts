import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CountRepository, customerCountKey, stockCountKeys } from '../../repositories/count.repository';
import type { Stock } from '../../domain/stock';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import { StockRepository } from '../../repositories/stock.repository';
import type { WalletFixture } from '../wallet.fixture';
import { all } from './all';
import type { WalletClients } from './clients';
import { openItems } from './model-books';
import { isSoldOut } from './model-claim';
import type { HUNT_POINTS } from './model-hunt';
import { dayOf, takenOf, type ModelState, type ModelStock, type Request, type ShownItem } from './model-state';
import { realStock } from './model-stocks';
import { GIFT } from './send-gift';
import { POINTS } from './send-points';
import { TILL } from './send-till';
import type { Sender, Senders } from './sender';
import {
  CLAIMED,
  COMMANDS,
  CUSTOMERS,
  GUESTS,
  LINKED,
  MERCHANTS,
  PERSONS,
  STOCKS,
  type Step,
  type Wish,
} from './steps';
import { WalletNames } from './wallet-names';

const SENDERS: Senders<Request['do']> = { ...TILL, ...GIFT, ...POINTS };
/** Opened again as often as paused; what is closed stays so, and is rare. */
const STATES = ['paused', 'open', 'paused', 'open', 'open', 'closed'] as const;
const PLACES = ['bund', 'pier', 'pier', 'tower'] satisfies (keyof typeof HUNT_POINTS)[];
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
    private readonly clients: readonly [WalletClients, WalletClients],
    run: string,
    private readonly terms: Record<string, ModelStock>,
  ) {
    this.names = new WalletNames(run);
  }

  get now(): number {
    return this.replicas[0].clock.now().getTime();
  }

  /** Its own stocks by the model's terms. */
  stocks(terms: Record<string, ModelStock>): Stock[] {
    return Object.entries(terms)
      .filter(([, { isCommon }]) => !isCommon)
      .map(([name, stock]) => {
        const parts = stock.parts.map((part) => this.names.real(part));
        return realStock(stock, { stockId: this.names.real(name), run: this.names.run, now: this.now, parts });
      });
  }

  /** Links by which others claim of its stocks. */
  async share(steps: Step[]): Promise<void> {
    if (!steps.some(({ wishes }) => wishes.some((wish) => wish.do === 'shared'))) return;
    const customerId = this.names.real('sharer');
    await all(
      CLAIMED.map(async (stock) => {
        const request = { requestId: this.names.real(stock), stockId: this.names.real(stock), customerId };
        this.names.links[stock] = (await this.clients[0].shares.createShareLink(request)).link!.linkId;
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
    const clients = this.clients[replica % this.clients.length]!;
    const send = SENDERS[request.do] as Sender<Request['do']>;
    const to = { clients, names: this.names, requestId: this.names.real(request.id) };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await send(request, to);
        if (clients.called.has(COMMANDS[request.do])) return answer;
        throw new Error(`${request.do} is not sent by ${COMMANDS[request.do]}`);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (!MAY_PASS.includes(error.code) || attempt >= TRIES_MAX) return error.reason;
      }
    }
  }

  /** Those of the states that agree on what is paused, once both replicas have heard of it, and that a stock which sold out has one again. */
  async hearOfStocks(states: ModelState[]): Promise<ModelState[]> {
    const ids = CLAIMED.map((name) => this.names.real(name));
    const stored = await this.replicas[0].service.app.get(StockRepository).findMany(ids);
    const byId = (stocks: Iterable<Stock>) => Object.fromEntries([...stocks].map((each) => [each.stockId, each.state]));
    const told = (state: ModelState) => CLAIMED.map((name) => [this.names.real(name), state.stocks[name]!.state]);
    const fitting = states.filter((state) => isDeepStrictEqual(Object.fromEntries(told(state)), byId(stored)));
    const open = CLAIMED.filter((name) => fitting[0] && !isSoldOut(fitting[0], name));
    await eventually(async () => {
      for (const { service } of this.replicas) {
        const catalogue = service.app.get(StockCatalogue);
        expect(open.filter((name) => catalogue.isSoldOut(this.names.real(name)))).toEqual([]);
        expect(byId((await catalogue.getMany(ids)).values())).toEqual(byId(stored));
      }
    });
    return fitting;
  }

  /** Those of the states in which the rewards came to what the service says; what was granted gets its name. */
  async hearOfRewards(states: ModelState[]): Promise<ModelState[]> {
    const lists = await all(
      CUSTOMERS.map((customer) =>
        this.clients[0].rewards.listRewards({ customerId: this.names.real(customer), pageSize: 200, pageToken: '' }),
      ),
    );
    const told: Record<string, number> = {};
    for (const [index, { rewards }] of lists.entries()) {
      const customer = CUSTOMERS[index]!;
      for (const { state, instanceId, reward } of rewards) {
        told[`${customer} ${state}`] = (told[`${customer} ${state}`] ?? 0) + 1;
        if (instanceId) this.names.ownReward(customer, reward!.stockId, instanceId);
      }
    }
    const fitting = states.filter(({ rewards }) => counted(rewards) === counted(told));
    if (fitting.length > 0) return fitting;
    throw new Error(
      ['no order explains', counted(told), 'after one of', ...states.map((each) => JSON.stringify(each))].join('\n'),
    );
  }

  /** What the service has. */
  async view(): Promise<View> {
    const [{ service, balance }] = this.replicas;
    const [names, ids] = [Object.keys(this.names.instances), Object.values(this.names.instances).map(({ id }) => id)];
    const found = await service.app.get(InstanceRepository).findMany(ids);
    const counts = await service.app.get(CountRepository).find(limitKeys().flatMap((key) => this.countKeys(...key)));
    const taken = (key: LimitKey): number =>
      this.countKeys(...key).reduce((sum, each) => sum + (counts.get(each)?.total ?? 0), 0);
    const balances = await Promise.all(
      accounts().map((name) => balance(this.realAccount(name), name.startsWith('points:') ? 'PTS' : 'CNY')),
    );
    return {
      instances: Object.fromEntries(names.map((name, index) => [name, shownInstance(found.get(ids[index]!))])),
      taken: Object.fromEntries(limitKeys().map((key) => [key.join(' '), taken(key)])),
      balances: Object.fromEntries(accounts().map((name, index) => [name, balances[index]!])),
    };
  }

  private countKeys(stock: string, customer?: string): string[] {
    const stockId = this.names.realStock(stock);
    if (customer) return [customerCountKey(stockId, this.names.real(customer))];
    return stockCountKeys({ stockId, shardCount: this.terms[stock]!.shards });
  }

  private realAccount(name: string): string {
    if (name.endsWith('_bank')) return `${name}:${this.names.run}`;
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
      case 'shared':
        return { id, do: wish.do, stock: CLAIMED[wish.pick % CLAIMED.length]!, customer };
      case 'set_state':
        return { id, do: 'set_state', stock: CLAIMED[wish.pick % CLAIMED.length]!, to: STATES[wish.whom]! };
      case 'link':
        return {
          id,
          do: 'link',
          customer: LINKED[wish.whom % LINKED.length]!,
          person: PERSONS[wish.pick % PERSONS.length]!,
        };
      case 'earn':
        return { id, do: 'earn', customer, amount: wish.order, at: this.now };
      case 'unearn': {
        const paid = pick(Object.entries(state.earnings), wish.pick);
        return paid && { id, do: 'unearn', customer: paid[1].customer, earning: paid[0] };
      }
      case 'find':
        return { id, do: 'find', customer, point: PLACES[wish.pick % PLACES.length]!, at: this.now };
      case 'join':
        return { id, do: 'join', host: customer, guest: GUESTS[wish.pick % GUESTS.length]! };
      case 'buy':
      case 'sign_in':
        return { id, do: wish.do, customer };
      case 'make_up':
        return { id, do: 'make_up', customer, day: dayOf(this.now) - (wish.pick % 5) };
      case 'adjust':
        return { id, do: 'adjust', merchant, amount: wish.order - 300 };
      case 'settle': {
        const items = openItems(state, merchant);
        return items && { id, do: 'settle', ...items };
      }
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
      case 'show':
      case 'sell':
        return instance === undefined ? undefined : { id, do: wish.do, instance };
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

/** Counts as a text, the same in whatever order they were counted. */
export const counted = (counts: Record<string, number>): string => JSON.stringify(Object.entries(counts).sort());

type LimitKey = [stock: string, customer?: string];

/** How many are left of the common stock is nobody's own. */
const limitKeys = (): LimitKey[] => [
  ...CLAIMED.map((stock): LimitKey => [stock]),
  ...STOCKS.flatMap((stock) => CUSTOMERS.map((customer): LimitKey => [stock, customer])),
];

const accounts = (): string[] => [
  // What merchants promise is one account for all runs: it is what all the others leave.
  'budget_bank',
  'expired_bank',
  'cost_bank',
  ...MERCHANTS.flatMap((merchant) => [`cost_merchant:${merchant}`, `payable:${merchant}`, `paid_out:${merchant}`]),
  ...CUSTOMERS.flatMap((customer) => [
    `customer:${customer}`,
    `held:${customer}`,
    `on_way:${customer}`,
    `points:${customer}`,
  ]),
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
