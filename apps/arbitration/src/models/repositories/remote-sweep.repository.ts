import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';

const CUSTOMERS_PER_PART = 250;
/** Between two sweeps at least, so that customers who came in the meantime are found. */
const PAUSE_MS_MAX = 60_000;

interface RemoteSweepDocument {
  /** Model id. */
  _id: string;
  /** The last customer of the part that was given out last; empty at the start. */
  after: string;
  /** When the sweep under way, or the last one, began. */
  startedAt: Date;
  isOver: boolean;
}

const remoteSweepSchema = new Schema<RemoteSweepDocument>(
  { _id: String, after: String, startedAt: Date, isOver: Boolean },
  { collection: 'remote_sweeps', versionKey: false },
);

/** How far the sweep of each remote model over the base is, so that replicas share it. */
@Injectable()
export class RemoteSweepRepository {
  private readonly sweeps: Model<RemoteSweepDocument>;

  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerStateRepository,
  ) {
    this.sweeps = mongo.model('RemoteSweep', remoteSweepSchema);
  }

  /** The next part for the caller alone; empty between two sweeps. A part whose caller dies is done by the next sweep. */
  claim(modelId: string, now: Date, renewAfterMs: number): Promise<string[]> {
    return this.mongo.transaction(async (tx) => {
      const options = { session: tx.session };
      const found = await this.sweeps.collection.findOne({ _id: modelId as never }, options);
      const sweep = found as unknown as RemoteSweepDocument | null;
      const pauseMs = Math.min(PAUSE_MS_MAX, renewAfterMs / 2);
      const isResting = sweep?.isOver === true && now.getTime() - sweep.startedAt.getTime() < pauseMs;
      if (isResting) return [];
      const isGoingOn = sweep !== null && !sweep.isOver;
      const owners = await this.customers.listOwners(isGoingOn ? sweep.after : '', CUSTOMERS_PER_PART);
      const isOver = owners.length < CUSTOMERS_PER_PART;
      const next = {
        after: isOver ? '' : (owners.at(-1)?.customerId ?? ''),
        startedAt: isGoingOn ? sweep.startedAt : now,
        isOver,
      };
      await this.sweeps.collection.replaceOne({ _id: modelId as never }, next as never, { ...options, upsert: true });
      return owners.filter(({ orgPath }) => orgPath !== null).map(({ customerId }) => customerId);
    });
  }
}
