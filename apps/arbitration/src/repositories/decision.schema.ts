import { Schema } from 'mongoose';
import type { DecisionRecord } from '../domain/decision';

export interface DecisionDocument extends Omit<DecisionRecord, 'decisionId' | 'candidates' | 'engagementVersions'> {
  _id: string;
  /** See candidate-packing; left out where a list does not need it. */
  candidates?: string;
  /** See engagement-packing; absent for none. */
  engagementVersions?: string;
  /** Newest last within one customer: time and id in one key. */
  sortKey: string;
  /** When something is to be done about it next: goes out, runs out, or is deleted; one index serves all three. */
  dueAt?: Date;
  /** When its model slot learns that nobody answered it; absent where it does not wait for that. */
  unansweredAt?: Date;
}

const { Mixed } = Schema.Types;

export const decisionSchema = new Schema<DecisionDocument>(
  {
    _id: String,
    customerId: String,
    mode: String,
    sortKey: String,
    dueAt: Date,
    stoppedAt: Date,
    unansweredAt: Date,
    decidedAt: Date,
    candidates: String,
    capacityPools: { type: [String], default: undefined },
    capacitySlot: String,
    push: Mixed,
  },
  // Written as it is: records are built by the domain, and what is asked for is declared above.
  { collection: 'decisions', versionKey: false, strict: false, minimize: false },
);
decisionSchema.index({ customerId: 1, sortKey: -1 });
decisionSchema.index({ dueAt: 1 }, { sparse: true });
decisionSchema.index({ stoppedAt: 1 }, { sparse: true });
decisionSchema.index({ unansweredAt: 1 }, { sparse: true });
// Who holds a slot of people's time.
decisionSchema.index({ capacityPools: 1, capacitySlot: 1 }, { sparse: true });
decisionSchema.index({ 'push.pushId': 1, 'push.order': 1 }, { sparse: true });
