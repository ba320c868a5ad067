import { Injectable } from '@nestjs/common';
import { customerIdOf } from '../domain/customer-id';
import { CustomerRepository } from '../repositories/customer.repository';

const REMEMBERED_MAX = 200_000;

/**
 * Whom the subjects of events stand for, remembered: customers are never removed, so a known subject stays right. Unknown ones
 * are asked again each time.
 */
@Injectable()
export class SubjectDirectory {
  private known = new Map<string, string>();
  private older = new Map<string, string>();

  constructor(private readonly customers: CustomerRepository) {}

  /** Customer ids by subject; a subject without a customer is left out. */
  async resolve(subjects: Iterable<string>): Promise<Map<string, string>> {
    const resolved = new Map<string, string>();
    const unknown = new Set<string>();
    for (const subject of subjects) {
      const customerId = this.recall(subject);
      if (customerId === undefined) unknown.add(subject);
      else resolved.set(subject, customerId);
    }
    if (unknown.size > 0) await this.lookUp(unknown, resolved);
    return resolved;
  }

  private async lookUp(unknown: ReadonlySet<string>, resolved: Map<string, string>): Promise<void> {
    // A subject may be either id, whatever it looks like; the customer id wins.
    const candidates = [...unknown].map((subject) => [subject, [subject, customerIdOf(subject)]] as const);
    const existing = new Set(await this.customers.findIds(candidates.flatMap(([, ids]) => ids)));
    for (const [subject, ids] of candidates) {
      const customerId = ids.find((id) => existing.has(id));
      if (customerId === undefined) continue;
      resolved.set(subject, customerId);
      this.remember(subject, customerId);
    }
  }

  private recall(subject: string): string | undefined {
    const customerId = this.known.get(subject);
    if (customerId !== undefined) return customerId;
    const old = this.older.get(subject);
    if (old !== undefined) this.remember(subject, old);
    return old;
  }

  /** Two generations: when the younger one is full, what was not asked for since the last time is forgotten. */
  private remember(subject: string, customerId: string): void {
    if (this.known.size >= REMEMBERED_MAX / 2) {
      this.older = this.known;
      this.known = new Map();
    }
    this.known.set(subject, customerId);
  }
}
