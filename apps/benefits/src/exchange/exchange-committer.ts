import { Injectable } from '@nestjs/common';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { ExchangeSettled } from '@tidegate/contracts/benefits/v1/exchange_events';
import { event, GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { stateChanged } from '../domain/state-changed';
import { grantedIdOf } from '../granting/benefit-granter';
import { unitIdsOf } from '../granting/decide-claim';
import { PointsBook } from '../points/repositories/points-book';
import { InstanceRepository } from '../repositories/instance.repository';
import { LedgerRepository } from '../repositories/ledger.repository';
import { PersonRepository } from '../repositories/person.repository';
import {
  countKeysOf,
  personCountKeysOf,
  placeOf,
  type Exchange,
  type ExchangeCommand,
  type GrantOutcome,
} from './domain/exchange';
import { unitsOf } from './domain/exchange-offer';
import { ExchangeBatch } from './domain/exchange-batch';
import { toRecord } from './domain/exchange-record';
import { GivenSide, moveOf } from './domain/given-side';
import { EXCHANGE_CAUSE } from './exchange-grants';
import { ExchangeRepository } from './repositories/exchange.repository';

type Command = { do: 'open'; command: ExchangeCommand } | { do: 'settle'; exchangeId: string; attempt: GrantOutcome };

/** What of an exchange says what is to be read for it. */
type Sides = Pick<Exchange, 'exchangeId' | 'offerId' | 'day' | 'customerId' | 'give' | 'get' | 'givenInstanceIds'>;

/** The one place where exchanges begin and end: concurrent commands are committed as one (ADR 0002), for all of an offer count in one place. */
@Injectable()
export class ExchangeCommitter {
  private readonly committer: GroupCommitter<Command, Exchange>;

  constructor(
    mongo: Mongo,
    private readonly exchanges: ExchangeRepository,
    private readonly points: PointsBook,
    private readonly instances: InstanceRepository,
    private readonly ledger: LedgerRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'exchange',
      batchMax: 128,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** The exchange that was opened now, or earlier under this id. @throws as ExchangeBatch.open */
  open(command: ExchangeCommand): Promise<Exchange> {
    return this.committer.submit({ do: 'open', command });
  }

  settle(exchangeId: string, attempt: GrantOutcome): Promise<Exchange> {
    return this.committer.submit({ do: 'settle', exchangeId, attempt });
  }

  private async commit(commands: Command[], tx: Transaction): Promise<Settled<Exchange>[]> {
    const now = this.clock.now();
    const batch = await this.load(commands, now, tx);
    const granted = await this.findGranted(commands, batch.known, tx);
    const settled = commands.map((each) =>
      settle(() => {
        if (each.do === 'open') return batch.open(each.command);
        return batch.settle(each.exchangeId, granted.get(each.exchangeId) ?? each.attempt);
      }),
    );
    await this.save(batch, now, tx);
    return settled;
  }

  /** What another attempt was granted of exchanges that are to be refused; who grants meanwhile is a write conflict. */
  private async findGranted(
    commands: Command[],
    known: ReadonlyMap<string, Exchange>,
    tx: Transaction,
  ): Promise<ReadonlyMap<string, GrantOutcome>> {
    const refusals = commands.flatMap((each) => {
      const exchange = each.do === 'settle' && each.attempt.outcome === 'refused' && known.get(each.exchangeId);
      return exchange && exchange.state === 'open' && exchange.get.kind === 'benefit' ? [exchange] : [];
    });
    if (refusals.length === 0) return new Map();
    const idOf = ({ exchangeId, customerId }: Exchange): string =>
      grantedIdOf({ cause: EXCHANGE_CAUSE, requestId: exchangeId, customerId });
    const found = await this.instances.findMany(refusals.map(idOf), tx);
    const granted = refusals.filter((exchange) => found.has(idOf(exchange)));
    return new Map(
      granted.map((exchange): [string, GrantOutcome] => {
        const instanceIds = unitIdsOf(idOf(exchange), unitsOf(exchange.get));
        return [exchange.exchangeId, { outcome: 'granted', instanceIds }];
      }),
    );
  }

  private async load(commands: Command[], now: Date, tx: Transaction): Promise<ExchangeBatch> {
    const ids = commands.map((each) => (each.do === 'open' ? each.command.exchangeId : each.exchangeId));
    const known = await this.exchanges.findMany([...new Set(ids)], tx);
    const opened = commands.flatMap((each) => (each.do === 'open' ? [sidesOf(each.command, now)] : []));
    const all: Sides[] = [...known.values(), ...opened];
    const openers = opened.map(({ customerId }) => customerId);
    const persons = await this.persons.find(openers, tx);
    const keys = new Set([
      ...all.flatMap((sides) => Object.values(countKeysOf(sides))),
      ...opened.flatMap((place) => personCountKeysOf(place, persons)),
    ]);
    const counts = await this.exchanges.findCounts([...keys], tx);
    const moving = all.filter(({ give, get }) => give.kind === 'points' || get.kind === 'points');
    const points = await this.points.open(moving.map(moveOf), now, tx);
    const givenIds = new Set(all.flatMap(({ givenInstanceIds }) => givenInstanceIds));
    const instances = await this.instances.findMany([...givenIds], tx);
    return new ExchangeBatch(known, counts, new GivenSide(points, instances, now), persons, now);
  }

  private async save(batch: ExchangeBatch, now: Date, tx: Transaction): Promise<void> {
    const { changed, known, changedCounts, knownCounts, given } = batch;
    await this.exchanges.saveMany(changed, known, tx);
    await this.exchanges.saveCounts(changedCounts, knownCounts, { now, tx });
    await this.exchanges.touchCounts(batch.touchedCounts(), { now, tx });
    await this.points.save(given.points, tx);
    await this.instances.saveMany(given.instancesToSave(), tx);
    await this.ledger.addMany(
      given.changes.flatMap(({ ledgerTransactions }) => ledgerTransactions),
      tx,
    );
    for (const { before, after, cause } of given.changes) {
      tx.emit(event(BenefitStateChanged, after.instanceId, stateChanged(before, after, cause, now)));
    }
    for (const exchange of changed.values()) {
      if (exchange.state === 'open') continue;
      tx.emit(event(ExchangeSettled, exchange.customerId, { exchange: toRecord(exchange) }));
    }
  }
}

const sidesOf = (command: ExchangeCommand, now: Date): Sides => {
  const { give, get } = command.offer.terms;
  const { exchangeId, instanceIds } = command;
  return { exchangeId, ...placeOf(command, now), give, get, givenInstanceIds: instanceIds };
};
