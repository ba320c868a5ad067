import { Schema } from 'mongoose';
import type { Count } from '../domain/count';

export interface CountDocument extends Count {
  /** What is counted: `stock|<id>` or `customer|<stock id>|<customer id>`. */
  _id: string;
  /** Grows when others stood on the count (`CountRepository.touch`). */
  touchCount?: number;
  /** Who is about to give a unit back to the stock (`CountRepository.tellReturn`); none in documents of before they were told. */
  returns?: string[];
}

/** One collection, so that a claim reads all its limits at once. */
export const countSchema = new Schema<CountDocument>(
  {
    _id: String,
    total: Number,
    day: String,
    dayTotal: Number,
    touchCount: Number,
    returns: { type: [String], default: undefined },
  },
  { collection: 'counts', versionKey: false },
);
