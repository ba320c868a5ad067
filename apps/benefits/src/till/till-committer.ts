import { Injectable } from '@nestjs/common';
import { BenefitRedeemed, BenefitReversed, BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import {
  event,
  GroupCommitter,
  lookingBackIfRefused,
  Mongo,
  newId,
  RequestBook,
  type Settled,
  type Transaction,
} from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { epochOf } from '../domain/code-seed';
import type { Instance } from '../domain/instance';
import { readCode, usedCodeKey } from '../domain/redemption-code';
import type { PointOfSale } from '../domain/sale';
import { stateChanged } from '../domain/state-changed';
import { CodeRepository } from '../repositories/code.repository';
import { CodeSeedRepository } from '../repositories/code-seed.repository';
import { HoldRepository } from '../repositories/hold.repository';
import { InstanceRepository } from '../repositories/instance.repository';
import { LedgerRepository } from '../repositories/ledger.repository';
import { RedemptionRepository } from '../repositories/redemption.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { decideTill, type Moment, type TillAnswer } from './decide-till';
import { TillBatch, type TillChange } from './till-batch';
import type { ScannedItem, TillCommand } from './till-command';

interface Look {
  tx: Transaction;
  looksBack: boolean;
}

interface Decided {
  batch: TillBatch;
  requests: RequestBook<TillAnswer>;
  settled: Settled<TillAnswer>[];
}

/**
 * The one place where benefits are held, redeemed and taken back: concurrent commands of all tills are decided in order of
 * arrival on one state and committed as one transaction (ADR 0002).
 */
@Injectable()
export class TillCommitter {
  private readonly committer: GroupCommitter<TillCommand, TillAnswer>;

  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly holds: HoldRepository,
    private readonly codes: CodeRepository,
    private readonly seeds: CodeSeedRepository,
    private readonly redemptions: RedemptionRepository,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'till',
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** @throws as the rules of decideTill; REQUEST_ID_REUSED */
  submit(command: TillCommand): Promise<TillAnswer> {
    return this.committer.submit(command);
  }

  /** What a hold would come to now, without one. @throws as the rules of a hold */
  async preview(items: ScannedItem[], sale: PointOfSale): Promise<{ instances: Instance[]; amountMinor: number }> {
    const request = { scope: 'validate-sale', requestId: '', input: {} };
    const command: TillCommand = { do: 'hold', request, saleId: '', items, sale };
    return this.mongo.transaction(async (tx) => {
      const { hold, change } = decideTill(
        await this.load([command], { tx, looksBack: true }),
        command,
        this.moment(this.clock.now()),
      );
      const amountMinor = hold?.items.reduce((sum, item) => sum + item.amountMinor, 0) ?? 0;
      return { instances: change.instances.map(({ before }) => before), amountMinor };
    });
  }

  private moment(now: Date): Moment {
    return { now, codeKey: Buffer.from(this.env.keys.codeSigning, 'base64'), newId };
  }

  private async commit(commands: TillCommand[], tx: Transaction): Promise<Settled<TillAnswer>[]> {
    const now = this.clock.now();
    const { batch, requests, settled } = await lookingBackIfRefused(tx, (looksBack) =>
      this.decide(commands, now, { tx, looksBack }),
    );
    await this.save(batch, now, tx);
    await requests.save(this.mongo, tx);
    for (const change of batch.changes) tell(change, now, tx);
    return settled;
  }

  /** Without looking back, requests and codes that were used before are found out by their keys when they are stored again. */
  private async decide(commands: TillCommand[], now: Date, { tx, looksBack }: Look): Promise<Decided> {
    const keys = commands.map((command) => ('request' in command ? command.request : undefined));
    const requests = looksBack
      ? await RequestBook.open<TillAnswer>(keys, this.mongo, tx)
      : RequestBook.unread<TillAnswer>(keys);
    const batch = await this.load(commands, { tx, looksBack });
    const moment = this.moment(now);
    const settled = commands.map((command, index) =>
      requests.answer(index, () => {
        const { change, ...answer } = decideTill(batch, command, moment);
        batch.apply(change);
        return answer;
      }),
    );
    return { batch, requests, settled };
  }

  private async load(commands: TillCommand[], { tx, looksBack }: Look): Promise<TillBatch> {
    const contents = commands.flatMap((command) =>
      'items' in command ? command.items.map(({ code }) => contentOf(code)) : [],
    );
    const read = contents.filter((content) => content !== undefined);
    const holdIds = commands.flatMap((command) => ('holdId' in command ? [command.holdId] : []));
    const redemptionIds = commands.flatMap((command) => ('redemptionId' in command ? [command.redemptionId] : []));
    // One after another: a session runs one operation at a time.
    const holds = holdIds.length > 0 ? await this.holds.findMany([...new Set(holdIds)], tx) : new Map();
    const redemptions = redemptionIds.length > 0 ? await this.redemptions.findMany(redemptionIds, tx) : new Map();
    const reversed =
      redemptionIds.length > 0 ? await this.redemptions.findReversed(redemptionIds, tx) : new Set<string>();
    const usedCodes =
      looksBack && read.length > 0 ? await this.codes.findUsed(read.map(usedCodeKey), tx) : new Set<string>();
    const seeded = read.filter(({ nonce }) => epochOf(nonce) !== undefined).map(({ instanceId }) => instanceId);
    const seeds = await this.seeds.findMany(seeded, tx);
    const instanceIds = new Set([
      ...read.map(({ instanceId }) => instanceId),
      ...[...holds.values()].flatMap(({ items }) => items.map(({ instanceId }: { instanceId: string }) => instanceId)),
      ...[...redemptions.values()].map(({ instanceId }) => instanceId as string),
    ]);
    const instances = await this.instances.findMany([...instanceIds], tx);
    const stocks = await this.catalogue.getMany([...instances.values()].map(({ stockId }) => stockId));
    return new TillBatch({ instances, stocks, holds, usedCodes, seeds, redemptions, reversed });
  }

  private async save(batch: TillBatch, now: Date, tx: Transaction): Promise<void> {
    const { changes } = batch;
    const holds = batch.holdsToSave();
    await this.instances.saveMany(batch.instancesToSave(), tx);
    await this.codes.use(
      changes.flatMap(({ usedCodes }) => usedCodes ?? []),
      now,
      tx,
    );
    await this.holds.addMany(holds.added, tx);
    await this.holds.saveStates(holds.moved, tx);
    await this.redemptions.addMany(
      changes.flatMap(({ redemptions }) => redemptions ?? []),
      tx,
    );
    await this.redemptions.addReversals(
      changes.flatMap(({ reversal }) => reversal ?? []),
      tx,
    );
    await this.ledger.addMany(
      changes.flatMap(({ ledgerTransactions }) => ledgerTransactions),
      tx,
    );
  }
}

function tell({ instances, redemptions, reversal }: TillChange, now: Date, tx: Transaction): void {
  for (const { before, after, cause } of instances) {
    tx.emit(event(BenefitStateChanged, after.instanceId, stateChanged(before, after, cause, now)));
  }
  for (const redemption of redemptions ?? []) {
    tx.emit(event(BenefitRedeemed, redemption.instanceId, { redemption }));
  }
  if (!reversal) return;
  const customerId = instances[0]?.after.customerId;
  tx.emit(event(BenefitReversed, reversal.redemptionId, { reversal, customerId }));
}

/** What a code says, if it says anything; the rules refuse one that does not. */
function contentOf(code: string) {
  try {
    return readCode(code);
  } catch {
    return undefined;
  }
}
