import { Injectable } from '@nestjs/common';
import { BenefitStateChanged, BenefitTransferred } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo, OnceCommitter, type OutgoingEvent, type Transaction } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { stateChanged } from '../domain/state-changed';
import { TakerLimits } from '../granting/taker-limits';
import { GiftRepository } from '../repositories/gift.repository';
import { InstanceRepository } from '../repositories/instance.repository';
import { LedgerRepository } from '../repositories/ledger.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { GiftBatch, type GiftChange } from './gift-batch';
import type { GiftAnswer, GiftCommand } from './gift-command';

/** The one place where gifts are offered, taken and given back: concurrent commands are committed as one (ADR 0002). */
@Injectable()
export class GiftCommitter {
  private readonly committer: OnceCommitter<GiftCommand, GiftAnswer>;

  constructor(
    mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly gifts: GiftRepository,
    private readonly ledger: LedgerRepository,
    private readonly limits: TakerLimits,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {
    this.committer = new OnceCommitter(mongo, {
      name: 'gift',
      batchMax: 128,
      keyOf: (command) => ('request' in command ? command.request : undefined),
      open: (commands, tx) => this.open(commands, tx),
    });
  }

  /** @throws as the rules of `domain/gift`; INSTANCE_NOT_FOUND, CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED, REQUEST_ID_REUSED */
  submit(command: GiftCommand): Promise<GiftAnswer> {
    return this.committer.submit(command);
  }

  private async open(commands: GiftCommand[], tx: Transaction) {
    // One after another: a session runs one operation at a time.
    const gifts = await this.gifts.findMany(distinct(commands.map(({ giftId }) => giftId)), tx);
    const offered = commands.flatMap((command) => (command.do === 'offer' ? [command.instanceId] : []));
    const given = [...gifts.values()].map(({ instanceId }) => instanceId);
    const instances = await this.instances.findMany(distinct([...offered, ...given]), tx);
    const accepted = commands.flatMap((command) => {
      const stockId = gifts.get(command.giftId)?.stockId;
      return command.do === 'accept' && stockId ? [{ stockId, customerId: command.customerId }] : [];
    });
    const stocks = await this.catalogue.getMany(distinct(accepted.map(({ stockId }) => stockId)));
    const moment = { now: this.clock.now(), key: Buffer.from(this.env.keys.codeSigning, 'base64') };
    const takers = accepted.map(({ stockId, customerId }) => ({ stock: stocks.get(stockId)!, customerId }));
    const book = await this.limits.open(takers, tx);
    const batch = new GiftBatch({ instances, gifts, stocks }, book, moment);
    return { decide: (command: GiftCommand) => batch.decide(command), save: () => this.save(batch, moment.now, tx) };
  }

  private async save(batch: GiftBatch, now: Date, tx: Transaction): Promise<void> {
    const { changes, takers } = batch;
    if (changes.length === 0) return;
    const isOffer = ({ cause }: GiftChange): boolean => cause === 'gift_offered';
    const giftsOf = (some: GiftChange[]) => some.map(({ gift }) => gift);
    await this.instances.saveMany(batch.instancesToSave(), tx);
    await this.instances.addMany(
      changes.flatMap(({ received }) => received ?? []),
      tx,
    );
    await this.gifts.addMany(giftsOf(changes.filter(isOffer)), tx);
    await this.gifts.saveMany(giftsOf(changes.filter((change) => !isOffer(change))), tx);
    await this.limits.save(takers, tx);
    await this.ledger.addMany(
      changes.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
    for (const change of changes) tx.emit(eventOf(change, now));
  }
}

const distinct = (ids: string[]): string[] => [...new Set(ids)];

function eventOf({ before, instance, received, gift, cause }: GiftChange, now: Date): OutgoingEvent {
  if (!received) return event(BenefitStateChanged, instance.instanceId, stateChanged(before, instance, cause, now));
  const { giftId, instanceId, stockId, fromCustomerId, toCustomerId } = gift;
  const passed = { giftId, instanceId, stockId, fromCustomerId, toCustomerId };
  const transferred = { ...passed, transferredAt: now, receivedInstanceId: received.instanceId };
  return event(BenefitTransferred, instanceId, transferred);
}
