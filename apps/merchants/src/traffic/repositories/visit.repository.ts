import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { PersonLinkRepository, withLink } from '@tidegate/person-links';
import type { Model } from 'mongoose';
import type { Visit } from '../domain/visit';
import { visitSchema, type VisitDocument } from './visit.schema';

/** One person's visits in one plan that a goal may look back on. */
const LOOK_BACK_MAX = 1_000;
/** Customers asked for in one query. */
const CUSTOMERS_MAX = 200;

/** What a plan led to at one place. */
export interface PlaceCount {
  placeId: string;
  merchantId: string;
  visitCount: number;
  customerCount: number;
}

/** A place as it is counted: keys of several profiles that came there, each of a person or of a crowd. */
interface PersonsOfPlace extends Omit<PlaceCount, 'placeId'> {
  _id: string;
  shared: ({ personKey: string; profileCount: number } | null)[];
}

/** Where a page of visits goes on. */
export interface VisitPosition {
  visitedAt: Date;
  visitId: string;
}

/** Counted visits. */
@Injectable()
export class VisitRepository {
  private readonly visits: Model<VisitDocument>;

  constructor(
    mongo: Mongo,
    private readonly persons: PersonLinkRepository,
  ) {
    this.visits = mongo.model('Visit', visitSchema);
  }

  async findMany(visitIds: readonly string[], tx: Transaction): Promise<Visit[]> {
    const documents = await this.visits
      .find({ _id: { $in: visitIds } }, null, { session: tx.session })
      .lean<VisitDocument[]>();
    return documents.map(toVisit);
  }

  async add({ visitId, ...fields }: Visit, tx: Transaction): Promise<void> {
    await this.visits.insertMany([{ _id: visitId, ...fields }], { session: tx.session });
  }

  /** Visits of a person's profiles in a plan since a business date, newest first. */
  async listSince(
    planId: string,
    customerIds: readonly string[],
    fromDate: string,
    tx?: Transaction,
  ): Promise<Visit[]> {
    const documents = await this.visits
      .find({ planId, customerId: { $in: customerIds }, businessDate: { $gte: fromDate } }, null, {
        session: tx?.session,
      })
      .sort({ businessDate: -1 })
      .limit(LOOK_BACK_MAX)
      .lean<VisitDocument[]>();
    return documents.map(toVisit);
  }

  /** All visits of some customers since a business date. */
  async listOfCustomers(customerIds: string[], fromDate: string, tx: Transaction): Promise<Visit[]> {
    const found: Visit[] = [];
    for (let at = 0; at < customerIds.length; at += CUSTOMERS_MAX) {
      const chunk = customerIds.slice(at, at + CUSTOMERS_MAX);
      const filter = { customerId: { $in: chunk }, businessDate: { $gte: fromDate } };
      const documents = await this.visits.find(filter, null, { session: tx.session }).lean<VisitDocument[]>();
      found.push(...documents.map(toVisit));
    }
    return found;
  }

  /** Newest first. */
  async list(of: { planId: string } | { merchantId: string }, limit: number, after?: VisitPosition): Promise<Visit[]> {
    const { visitedAt, visitId } = after ?? {};
    const rest = visitedAt && {
      $or: [{ visitedAt: { $lt: visitedAt } }, { visitedAt, _id: { $lt: visitId } }],
    };
    const documents = await this.visits
      .find({ ...of, ...rest })
      .sort({ visitedAt: -1, _id: -1 })
      .limit(limit)
      .lean<VisitDocument[]>();
    return documents.map(toVisit);
  }

  /** Visits and customers of a plan by place, in order of place. Profiles of one person, by what is known of them now, are one customer. */
  async countByPlace(planId: string, limit: number, after = ''): Promise<PlaceCount[]> {
    const rows = await this.visits.aggregate<PersonsOfPlace>([
      { $match: { planId } },
      {
        $group: {
          _id: { placeId: '$placeId', customerId: '$customerId' },
          merchantId: { $first: '$merchantId' },
          visitCount: { $sum: 1 },
        },
      },
      ...withLink('_id.customerId', 'link'),
      {
        $group: {
          _id: {
            placeId: '$_id.placeId',
            personKey: { $ifNull: ['$link.personKey', ''] },
            customerId: { $cond: [{ $gt: ['$link.personKey', ''] }, '', '$_id.customerId'] },
          },
          merchantId: { $first: '$merchantId' },
          visitCount: { $sum: '$visitCount' },
          profileCount: { $sum: 1 },
        },
      },
      {
        $group: {
          _id: '$_id.placeId',
          merchantId: { $first: '$merchantId' },
          visitCount: { $sum: '$visitCount' },
          customerCount: { $sum: 1 },
          // One null stands for all persons who came under one profile alone.
          shared: { $addToSet: { $cond: [{ $gt: ['$profileCount', 1] }, SHARED, null] } },
        },
      },
      { $match: { _id: { $gt: after } } },
      { $sort: { _id: 1 } },
      { $limit: limit },
    ]);
    const keys = new Set(rows.flatMap(({ shared }) => shared.flatMap((each) => each?.personKey ?? [])));
    const crowds = await this.persons.findCrowds([...keys]);
    return rows.map(({ _id, shared, customerCount, ...counts }) => {
      const ofCrowds = shared.flatMap((each) => (each && crowds.has(each.personKey) ? each.profileCount - 1 : []));
      return { ...counts, placeId: _id, customerCount: ofCrowds.reduce((sum, more) => sum + more, customerCount) };
    });
  }
}

const SHARED = { personKey: '$_id.personKey', profileCount: '$profileCount' };

const toVisit = ({ _id, ...fields }: VisitDocument): Visit => ({ visitId: _id, ...fields });
