import { isDeepStrictEqual } from 'node:util';
import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { COFFEE } from './model-exchange';
import { CAKE, freeRewardName } from './model-rewards';
import type { Request } from './model-state';

/** What the model calls by the name of a request has an id at the service. */
export class WalletNames {
  readonly instances: Record<string, { id: string; customer: string }> = {};
  readonly holds: Record<string, { id: string; merchant: string }> = {};
  readonly gifts: Record<string, { id: string; token: string; customer: string }> = {};
  readonly redemptions: Record<string, { id: string; merchant: string }> = {};
  /** By the redemption that was taken back. */
  readonly reversals: Record<string, rpc.SettledReversal> = {};
  readonly challenges: Record<string, Promise<string>> = {};
  /** By host. */
  readonly invites: Record<string, Promise<string>> = {};
  /** By stock: where others claim of it. */
  readonly links: Record<string, string> = {};
  private readonly first: Record<string, unknown> = {};

  constructor(readonly run: string) {}

  /** The service's id of a customer, merchant, person or request of this run. */
  real(name: string): string {
    return `${this.run}-${name}`;
  }

  /** The id of a stock: of this run, or one that all have in common. */
  realStock(name: string): string {
    return name === COFFEE || name === CAKE ? name : this.real(name);
  }

  /** What the model calls a stock of this run. */
  modelStock(stockId: string): string {
    return stockId.slice(this.run.length + 1);
  }

  own(name: string, customer: string, instanceId: string): void {
    this.instances[name] = { id: instanceId, customer };
  }

  /** Gives a name to a reward that has none yet. */
  ownReward(customer: string, stock: string, instanceId: string): void {
    if (Object.values(this.instances).some(({ id }) => id === instanceId)) return;
    const name = freeRewardName(customer, stock, (each) => each in this.instances);
    this.own(name, customer, instanceId);
  }

  /** Of an instance: its id and whose it is. */
  owned(name: string): { instanceId: string; customerId: string } {
    const { id, customer } = this.instances[name]!;
    return { instanceId: id, customerId: this.real(customer) };
  }

  /** A repeat must be told what the first was told, to the letter. */
  told(request: Request, answer: unknown, words: string): string {
    if (request.id in this.first && !isDeepStrictEqual(this.first[request.id], answer)) {
      throw new Error(`${request.id} was told ${JSON.stringify([this.first[request.id], answer])}`);
    }
    this.first[request.id] = answer;
    return words;
  }
}
