import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { planOf } from '../domain/candidate-plan';
import type { ScarceBook } from '../domain/scarce-book';
import type { DecisionRecord } from '../domain/decision';
import type { Situation } from '../domain/situation';
import type { Candidate } from '../domain/strategy';
import { CustomerCache } from './customer-cache';
import type { DecisionCommand } from './decision-command';
import { DecisionEngine } from './decision-engine';
import { PolicyHolder } from './policy-holder';

/** A preview promises nothing, so what is scarce may be that old. Real time. */
const BOOK_MS = 250;

interface KeptBook {
  book: Promise<ScarceBook>;
  openedAtMs: number;
  /** A book is of one day. */
  now: Date;
}

/** Says what would be decided now, from memory: nothing is written, nothing counted, and mostly nothing read. */
@Injectable()
export class Previewer {
  private books = new WeakMap<readonly Candidate[], KeptBook>();

  constructor(
    private readonly engine: DecisionEngine,
    private readonly cache: CustomerCache,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** @throws CUSTOMER_UNKNOWN, ORG_OUT_OF_SCOPE */
  async preview(command: DecisionCommand, isBrief: boolean): Promise<DecisionRecord[]> {
    const customer = await this.cache.find(command.customerId);
    const situation = this.policies.sharedSituation(this.clock.now());
    const book = await this.bookOf(command.candidates, situation);
    return this.engine.preview(command, { customer, situation, book: book.copy(), isBrief });
  }

  private async bookOf(candidates: readonly Candidate[], situation: Situation): Promise<ScarceBook> {
    const known = this.books.get(candidates);
    const isFresh =
      known !== undefined &&
      Date.now() - known.openedAtMs < BOOK_MS &&
      Math.abs(situation.now.getTime() - known.now.getTime()) < BOOK_MS;
    if (isFresh) return known.book;
    const book = this.engine.openBook([planOf(candidates)], situation, { capacitySlot: '' });
    const opened = { book, openedAtMs: Date.now(), now: situation.now };
    this.books.set(candidates, opened);
    // A failed read is tried again by the next caller.
    book.catch(() => this.books.delete(candidates));
    return book;
  }
}
