import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { planOf, type CandidatePlan } from '../domain/candidate-plan';
import { NO_OWNER, type Owner } from '../domain/capacity';
import { asPerson, othersOf, ownerOf, type CustomerState } from '../domain/customer-state';
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
/** Older ones are opened again while they still serve. */
const REOPEN_MS = 125;
/** Owners whose own units are held at a time. */
const OWNERS_MAX = 500;

interface KeptBook {
  book: Promise<ScarceBook>;
  openedAtMs: number;
  now: Date;
  isOpenedAgain: boolean;
}

/** By whose units are asked. */
type Books = Map<string, KeptBook>;

interface Asked {
  plan: CandidatePlan;
  situation: Situation;
  owner: Owner;
}

/** Says what would be decided now, from memory: nothing is written, nothing counted, and mostly nothing read. */
@Injectable()
export class Previewer {
  /** By what is offered. */
  private books = new WeakMap<readonly Candidate[], Books>();

  constructor(
    private readonly engine: DecisionEngine,
    private readonly cache: CustomerCache,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** @throws CUSTOMER_UNKNOWN, ORG_OUT_OF_SCOPE */
  async preview(command: DecisionCommand, isBrief: boolean): Promise<DecisionRecord[]> {
    const customer = await this.findPerson(command.customerId);
    const situation = this.policies.sharedSituation(this.clock.now());
    const book = await this.bookOf(command.candidates, situation, customer === null ? NO_OWNER : ownerOf(customer));
    return this.engine.preview(command, { customer, situation, book: book.copy(), isBrief });
  }

  private async findPerson(customerId: string): Promise<CustomerState | null> {
    const customer = await this.cache.find(customerId);
    if (customer === null || othersOf(customer).length === 0) return customer;
    const others = await Promise.all(othersOf(customer).map((other) => this.cache.find(other)));
    return asPerson(customer, new Map(others.flatMap((other) => (other === null ? [] : [[other.customerId, other]]))));
  }

  private async bookOf(candidates: readonly Candidate[], situation: Situation, owner: Owner): Promise<ScarceBook> {
    const plan = planOf(candidates);
    const books: Books = this.books.get(candidates) ?? new Map<string, KeptBook>();
    this.books.set(candidates, books);
    const key = plan.queues.length === 0 ? '' : `${owner.personId}\n${owner.teamId}`;
    const known = books.get(key);
    const ageMs = known === undefined ? Infinity : ageOf(known, situation);
    if (known === undefined || ageMs >= BOOK_MS) return this.open(books, key, { plan, situation, owner });
    if (ageMs >= REOPEN_MS && !known.isOpenedAgain) {
      known.isOpenedAgain = true;
      this.reopen(books, key, { plan, situation, owner });
    }
    return known.book;
  }

  private open(books: Books, key: string, asked: Asked): Promise<ScarceBook> {
    if (books.size >= OWNERS_MAX) books.clear();
    const kept = this.keptBook(asked);
    books.set(key, kept);
    // A failed read is tried again by the next caller.
    kept.book.catch(() => books.delete(key));
    return kept.book;
  }

  /** The book at hand serves until the new one is there. */
  private reopen(books: Books, key: string, asked: Asked): void {
    const kept = this.keptBook(asked);
    kept.book.then(
      () => books.set(key, kept),
      () => undefined,
    );
  }

  private keptBook({ plan, situation, owner }: Asked): KeptBook {
    const book = this.engine.openBook([plan], situation, { capacitySlot: '', owners: [owner] });
    return { book, openedAtMs: performance.now(), now: situation.now, isOpenedAgain: false };
  }
}

/** A book is of one day: one that was opened at another time by the service's clock counts as old. */
const ageOf = ({ openedAtMs, now }: KeptBook, situation: Situation): number =>
  Math.max(performance.now() - openedAtMs, Math.abs(situation.now.getTime() - now.getTime()));
