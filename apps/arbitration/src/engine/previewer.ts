import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { planOf } from '../domain/candidate-plan';
import { NO_OWNER, type Owner } from '../domain/capacity';
import { ownerOf } from '../domain/customer-state';
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
/** Owners whose own units are held at a time. */
const OWNERS_MAX = 500;

interface KeptBook {
  book: Promise<ScarceBook>;
  openedAtMs: number;
  /** A book is of one day. */
  now: Date;
}

/** Says what would be decided now, from memory: nothing is written, nothing counted, and mostly nothing read. */
@Injectable()
export class Previewer {
  /** By what is offered and whose units are asked. */
  private books = new WeakMap<readonly Candidate[], Map<string, KeptBook>>();

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
    const book = await this.bookOf(command.candidates, situation, customer === null ? NO_OWNER : ownerOf(customer));
    return this.engine.preview(command, { customer, situation, book: book.copy(), isBrief });
  }

  private async bookOf(candidates: readonly Candidate[], situation: Situation, owner: Owner): Promise<ScarceBook> {
    const plan = planOf(candidates);
    const books = this.books.get(candidates) ?? new Map<string, KeptBook>();
    this.books.set(candidates, books);
    const key = plan.queues.length === 0 ? '' : JSON.stringify(owner);
    const known = books.get(key);
    const isFresh =
      known !== undefined &&
      Date.now() - known.openedAtMs < BOOK_MS &&
      Math.abs(situation.now.getTime() - known.now.getTime()) < BOOK_MS;
    if (isFresh) return known.book;
    if (books.size >= OWNERS_MAX) books.clear();
    const book = this.engine.openBook([plan], situation, { capacitySlot: '', owners: [owner] });
    books.set(key, { book, openedAtMs: Date.now(), now: situation.now });
    // A failed read is tried again by the next caller.
    book.catch(() => books.delete(key));
    return book;
  }
}
