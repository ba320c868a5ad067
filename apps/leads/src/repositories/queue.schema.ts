import { Schema } from 'mongoose';
import type { Queue } from '../domain/queue';

export interface QueueDocument extends Omit<Queue, 'queue'> {
  _id: string;
}

/**
 * One document that every change of an overflow, of a seat's queues, of a route or of a queue's organisation touches, so that two changes made at
 * once neither close a cycle nor leave a queue with what is of another part of the organisation.
 */
export interface OverflowGuardDocument {
  _id: string;
  version: number;
}

export const queueSchema = new Schema<QueueDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    channel: { type: String, required: true },
    orgPath: { type: String, required: true },
    skill: { type: String, default: '' },
    offerTimeoutSeconds: { type: Number, required: true },
    maxAttempts: { type: Number, required: true },
    overflowQueue: { type: String, default: '' },
    maxWaitSeconds: { type: Number, required: true },
  },
  { collection: 'queues', versionKey: false },
);

export const overflowGuardSchema = new Schema<OverflowGuardDocument>(
  { _id: String, version: Number },
  { collection: 'overflow_guard', versionKey: false },
);
