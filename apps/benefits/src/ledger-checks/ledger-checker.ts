import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { AccountTotal } from '../ledger/domain/totals';
import { LedgerTotals, totalKey } from '../ledger/domain/totals';
import { OpenValues } from '../ledger/open-values';
import { CheckpointRepository, type Checkpoint } from '../ledger/repositories/checkpoint.repository';
import { LedgerRepository } from '../repositories/ledger.repository';
import { CustomerBalances, ownerOf, type Pass } from './domain/customer-balances';
import { DIFFERENCES_MAX, NOTHING_FOUND, type LedgerFindings } from './domain/ledger-check';
import { chartFaults, checkpointFaults, transactionFaults, type LedgerDifference } from './domain/ledger-difference';

/** Values of customers in memory at once; when there are more, the ledger is read several times. */
const VALUES_PER_PASS = 250_000;
const DOCUMENTS_PER_TELL = 1_000;
const ACCOUNTS_AT_ONCE = 20;
/** Of the progress; the rest is confirming what differs. */
const READING_PERCENT = 95;

/** Hears of progress; throws to end the check. */
type Tell = (findings: LedgerFindings) => Promise<void>;

/**
 * Rebuilds all balances from the postings and compares them with the checkpoints and with what the wallet holds. Reads only. What
 * changes while it reads is looked at again, postings and wallet in one transaction, before it is called a difference.
 */
@Injectable()
export class LedgerChecker {
  constructor(
    private readonly mongo: Mongo,
    private readonly ledger: LedgerRepository,
    private readonly checkpoints: CheckpointRepository,
    private readonly values: OpenValues,
  ) {}

  async run(tell: Tell): Promise<LedgerFindings> {
    const counts = await Promise.all(this.values.sources.map((source) => source.count()));
    const passCount = Math.max(1, Math.ceil(counts.reduce((sum, count) => sum + count, 0) / VALUES_PER_PASS));
    const expected = Math.max(1, await this.ledger.count());
    const checkpoint = await this.checkpoints.findLast();
    const found: LedgerFindings = { ...NOTHING_FOUND, differences: [], checkpointAt: checkpoint?.upTo ?? null };
    for (let index = 0; index < passCount; index += 1) {
      await this.check({ index, count: passCount }, checkpoint, { found, tell, expected });
    }
    return { ...found, progressPercent: 100 };
  }

  /** Customers of one pass; the first pass looks at everything else, too. */
  private async check(
    pass: Pass,
    checkpoint: Checkpoint | undefined,
    { found, tell, expected }: { found: LedgerFindings; tell: Tell; expected: number },
  ): Promise<void> {
    const balances = new CustomerBalances(pass);
    const [upToCheckpoint, all] = [new LedgerTotals(), new LedgerTotals()];
    let read = 0;
    for await (const together of this.ledger.streamAll()) {
      for (const transaction of together) {
        balances.post(transaction.postings);
        if (pass.index > 0) continue;
        note(found, transactionFaults(transaction));
        found.postingsRead += transaction.postings.length;
        all.add(transaction.postings);
        if (checkpoint && transaction.postedAt < checkpoint.upTo) upToCheckpoint.add(transaction.postings);
      }
      read += 1;
      if (read % DOCUMENTS_PER_TELL !== 0) continue;
      const done = (pass.index + Math.min(1, read / expected)) / pass.count;
      found.progressPercent = Math.floor(done * READING_PERCENT);
      await tell(found);
    }
    for (const source of this.values.sources) for await (const value of source.stream()) balances.hold(value);
    if (pass.index === 0) {
      note(found, chartFaults(all.byClass()));
      if (checkpoint) await this.compareCheckpoint(checkpoint, upToCheckpoint, { found, tell });
    }
    found.accountsCompared += balances.accountCount;
    await this.confirm(balances, { found, tell });
  }

  private async compareCheckpoint(
    checkpoint: Checkpoint,
    rebuilt: LedgerTotals,
    { found, tell }: { found: LedgerFindings; tell: Tell },
  ): Promise<void> {
    const [stored, classes] = [byKey(checkpoint.totals), byKey(rebuilt.byClass())];
    for (const key of new Set([...stored.keys(), ...classes.keys()])) {
      note(found, checkpointFaults(classes.get(key), stored.get(key)));
      found.accountsCompared += 1;
    }
    const accounts = rebuilt.ofHouseAccounts();
    for (let from = 0; from < accounts.length; from += ACCOUNTS_AT_ONCE) {
      const some = accounts.slice(from, from + ACCOUNTS_AT_ONCE);
      const kept = await Promise.all(some.map((total) => this.checkpoints.findAccount(total, checkpoint.upTo)));
      some.forEach((total, index) => note(found, checkpointFaults(total, kept[index])));
      found.accountsCompared += some.length;
      await tell(found);
    }
  }

  /** A balance that moved between the two readings is no difference: postings and wallet are read again as one. */
  private async confirm(
    balances: CustomerBalances,
    { found, tell }: { found: LedgerFindings; tell: Tell },
  ): Promise<void> {
    const suspects = new Map<string, Pick<AccountTotal, 'account' | 'currency'>[]>();
    for (const suspect of balances.differences()) {
      const owner = ownerOf(suspect.account);
      suspects.set(owner, [...(suspects.get(owner) ?? []), suspect]);
    }
    for (const [customerId, accounts] of suspects) {
      note(found, await this.compareCustomer(customerId, accounts));
      await tell(found);
    }
  }

  private compareCustomer(
    customerId: string,
    accounts: Pick<AccountTotal, 'account' | 'currency'>[],
  ): Promise<LedgerDifference[]> {
    return this.mongo.transaction(async (tx) => {
      const differences: LedgerDifference[] = [];
      const stored = new Map<string, number>();
      for (const source of this.values.sources) {
        for (const value of await source.listOf(customerId, tx)) {
          stored.set(totalKey(value), value.amountMinor + (stored.get(totalKey(value)) ?? 0));
        }
      }
      for (const { account, currency } of accounts) {
        const total = await this.ledger.sumAccount(account, currency, {}, tx);
        const ledgerMinor = total.creditMinor - total.debitMinor;
        const storedMinor = stored.get(totalKey(total)) ?? 0;
        if (ledgerMinor === storedMinor) continue;
        differences.push({ kind: 'wallet', subject: account, currency, side: '', ledgerMinor, storedMinor });
      }
      return differences;
    });
  }
}

const byKey = (totals: AccountTotal[]): Map<string, AccountTotal> =>
  new Map(totals.map((total) => [totalKey(total), total]));

function note(found: LedgerFindings, differences: LedgerDifference[]): void {
  found.differenceCount += differences.length;
  found.differences.push(...differences.slice(0, Math.max(0, DIFFERENCES_MAX - found.differences.length)));
}
