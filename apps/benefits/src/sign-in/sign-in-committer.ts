import { Injectable } from '@nestjs/common';
import { SignedIn } from '@tidegate/contracts/benefits/v1/sign_in_events';
import { event, Mongo, OnceCommitter, type RequestKey, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { OwedRewardRepository } from '../granting/repositories/owed-reward.repository';
import { PersonRepository } from '../repositories/person.repository';
import { SignInBatch, signInKey, type SignInAnswer, type SignInCommand } from './domain/sign-in-batch';
import { SignInRepository } from './repositories/sign-in.repository';

interface Command extends SignInCommand {
  request: RequestKey;
}

/**
 * The one place where days are signed: with the record go the rewards it earned as owed, and the event. Concurrent commands are committed
 * as one (ADR 0002): at the start of a day a crowd signs in.
 */
@Injectable()
export class SignInCommitter {
  private readonly committer: OnceCommitter<Command, SignInAnswer>;

  constructor(
    mongo: Mongo,
    private readonly signIns: SignInRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new OnceCommitter(mongo, {
      name: 'sign-in',
      batchMax: 128,
      keyOf: ({ request }) => request,
      open: (commands, tx) => this.open(commands, tx),
    });
  }

  /** @throws as SignInBatch; REQUEST_ID_REUSED */
  submit(command: Command): Promise<SignInAnswer> {
    return this.committer.submit(command);
  }

  private async open(commands: Command[], tx: Transaction) {
    const now = this.clock.now();
    const customerIds = commands.map(({ customerId }) => customerId);
    const persons = await this.persons.find(customerIds, tx);
    const keys = commands.flatMap(({ programmeId, customerId }) =>
      [customerId, ...persons.othersOf(customerId)].map((each) => signInKey(programmeId, each)),
    );
    const batch = new SignInBatch(await this.signIns.findMany([...new Set(keys)], tx), persons, now);
    return { decide: (command: Command) => batch.sign(command), save: () => this.save(batch, now, tx) };
  }

  private async save(batch: SignInBatch, signedInAt: Date, tx: Transaction): Promise<void> {
    const { changed, known, owed, signings } = batch;
    await this.signIns.saveMany(changed, known, tx);
    await this.signIns.touch(batch.touched(), tx);
    await this.rewards.addMany(owed, tx);
    for (const signing of signings) tx.emit(event(SignedIn, signing.customerId, { ...signing, signedInAt }));
  }
}
