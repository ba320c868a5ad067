import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { Instance } from '../domain/instance';
import { account } from '../domain/ledger';
import { HoldRepository } from '../repositories/hold.repository';
import { InstanceRepository } from '../repositories/instance.repository';
import type { OpenValue } from './domain/open-value';
import { OpenValues, type OpenValueSource } from './open-values';

/** Benefits hold value for customers: what may be spent, what tills and exchanges have set aside, and what is on its way. */
@Injectable()
export class InstanceValues implements OpenValueSource {
  constructor(
    values: OpenValues,
    private readonly instances: InstanceRepository,
    private readonly holds: HoldRepository,
  ) {
    values.add(this);
  }

  count(): Promise<number> {
    return this.instances.countOpen();
  }

  async *stream(): AsyncGenerator<OpenValue> {
    const held = await this.holds.listHeldAmounts();
    for await (const instance of this.instances.streamOpen()) yield* valuesOf(instance, held);
  }

  async listOf(customerId: string, tx: Transaction): Promise<OpenValue[]> {
    const instances = await this.instances.listOpen(customerId, tx);
    const hasHeld = instances.some(({ state }) => state === 'held');
    const held = hasHeld ? await this.holds.listHeldAmounts(tx) : new Map<string, number>();
    return instances.flatMap((instance) => valuesOf(instance, held));
  }
}

/** A till may hold a part of stored value; an exchange holds a benefit as a whole. */
function valuesOf(
  { instanceId, customerId, state, remainingMinor, currency }: Instance,
  held: ReadonlyMap<string, number>,
): OpenValue[] {
  const value = (name: string, amountMinor: number): OpenValue => ({ account: name, currency, amountMinor });
  if (state === 'gifting') return [value(account.onWay(customerId), remainingMinor)];
  if (state !== 'held') return [value(account.customer(customerId), remainingMinor)];
  const heldMinor = held.get(instanceId) ?? remainingMinor;
  return [value(account.held(customerId), heldMinor), value(account.customer(customerId), remainingMinor - heldMinor)];
}
