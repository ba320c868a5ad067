import { Injectable } from '@nestjs/common';
import { compileSql, type Rule } from '@tidegate/rules';
import { CustomersConfig } from '../customers.config';
import { utcOffsetMinutes } from '../domain/bank-zone';
import { loadReferences } from '../domain/segment';
import { SegmentRepository } from '../repositories/segment.repository';
import { CustomerCopy } from './customer-copy';
import type { ColumnarStore } from './columnar-store';

/** A rule asked of the whole base at one moment, within an organisation when `scope` is given. */
export interface BaseQuestion {
  rule: Rule;
  now: Date;
  scope: string | undefined;
}

export interface Member {
  customerId: string;
  externalId: string;
}

/** Answers for the whole base, from the columnar copy. */
@Injectable()
export class SegmentQuery {
  constructor(
    private readonly copy: CustomerCopy,
    private readonly segments: SegmentRepository,
    private readonly config: CustomersConfig,
  ) {}

  /** @throws RULE_INVALID and the like, COPY_BEHIND */
  async count(question: BaseQuestion): Promise<number> {
    const store = await this.copy.fresh();
    const { where, values } = await this.condition(question, store);
    const [row] = await store.query(`SELECT count(*)::DOUBLE AS n FROM customers WHERE ${where}`, values);
    return Number(row?.n ?? 0);
  }

  /** In the order of customer ids, behind `after`. @throws as `count` */
  async list(question: BaseQuestion, limit: number, after: string): Promise<Member[]> {
    const store = await this.copy.fresh();
    const { where, values } = await this.condition(question, store);
    const rows = await store.query(
      `SELECT customer_id, external_id FROM customers WHERE customer_id > $${values.length + 1} AND (${where})
       ORDER BY customer_id LIMIT ${limit}`,
      [...values, after],
    );
    return rows.map((row) => ({ customerId: String(row.customer_id), externalId: String(row.external_id ?? '') }));
  }

  private async condition(
    { rule, now, scope }: BaseQuestion,
    store: ColumnarStore,
  ): Promise<{ where: string; values: string[] }> {
    const references = await loadReferences(rule, (ids) => this.segments.findMany(ids));
    const { where } = compileSql(rule, {
      catalog: store.catalog,
      nowMs: now.getTime(),
      utcOffsetMinutes: utcOffsetMinutes(this.config.timeZone, now),
      resolveSegment: (segmentId) => references.get(segmentId),
    });
    if (scope === undefined) return { where, values: [] };
    return { where: `(org_path = $1 OR starts_with(org_path, $1 || '/')) AND (${where})`, values: [scope] };
  }
}
