import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { QueueUser } from '../domain/queue';
import type { Route } from '../domain/route';

interface RouteDocument extends Omit<Route, 'routeId'> {
  _id: string;
}

const schema = new Schema<RouteDocument>(
  { _id: String, orgPath: String, strategyId: String, actionId: String, queue: String, steps: Schema.Types.Mixed },
  { collection: 'routes', versionKey: false },
);

/** Orders of precedence, by what they are for. */
@Injectable()
export class RouteRepository {
  private readonly routes: Model<RouteDocument>;

  constructor(mongo: Mongo) {
    this.routes = mongo.model('Route', schema);
  }

  async findMany(routeIds: readonly string[], tx: Transaction): Promise<Map<string, Route>> {
    const documents = await this.routes.collection
      .find({ _id: { $in: routeIds as never[] } }, { session: tx.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toRoute(document as unknown as RouteDocument)]));
  }

  /** The routes of a queue, and those with a step in it. */
  async listUsers(queue: string, tx: Transaction): Promise<QueueUser[]> {
    const routes = await this.routes.collection
      .find({ $or: [{ queue }, { 'steps.queue': queue }] }, { session: tx.session, projection: { orgPath: 1 } })
      .toArray();
    return routes.map(({ _id, orgPath }): QueueUser => ({ kind: 'route', id: String(_id), orgPath }));
  }

  /** In id order, within an organisation; `after` is the last row. */
  async list(limit: number, { scope, after }: { scope?: string; after?: string }): Promise<Route[]> {
    const documents = await this.routes
      .find({ ...(after && { _id: { $gt: after } }), ...(scope && withinOrg(scope)) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<RouteDocument[]>();
    return documents.map(toRoute);
  }

  async save({ routeId, ...fields }: Route, tx: Transaction): Promise<void> {
    await this.routes.collection.replaceOne({ _id: routeId as never }, { _id: routeId, ...fields } as never, {
      session: tx.session,
      upsert: true,
    });
  }
}

const toRoute = ({ _id, ...fields }: RouteDocument): Route => ({ routeId: _id, ...fields });
