import {
  ArbitrationServiceService,
  Decision,
  type DecideRequest,
  type RecordOutcomeRequest,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { notFound } from '@tidegate/errors';
import { fakePeer } from '@tidegate/testing';

/** Decisions of whatever it is told to offer, under ids made of who is asked for and with which request. */
export class FakeArbitration {
  readonly asked: DecideRequest[] = [];
  readonly outcomes: RecordOutcomeRequest[] = [];
  offers: Partial<Decision>[] = [];
  /** Nothing is known of these. */
  readonly unknown = new Set<string>();
  private readonly decisions = new Map<string, Decision>();

  start(): Promise<{ url: string; stop(): Promise<void> }> {
    return fakePeer(ArbitrationServiceService, {
      decide: async (request) => ({ decisions: this.decide(request) }),
      getDecision: async ({ decisionId }) => ({ decision: this.get(decisionId) }),
      recordOutcome: async (request) => {
        this.outcomes.push(request);
        const decision = this.get(request.decisionId);
        return { decision: { ...decision, outcomes: [request.outcome] } };
      },
    });
  }

  /** A decision that was made elsewhere. */
  put(decision: Partial<Decision> & { decisionId: string }): void {
    this.decisions.set(decision.decisionId, Decision.fromPartial(decision));
  }

  private decide(request: DecideRequest): Decision[] {
    const { customerId, requestId, channels, isCommitted } = request;
    this.asked.push(request);
    if (this.unknown.has(customerId)) throw notFound('CUSTOMER_UNKNOWN', 'Nothing is known of this customer.');
    const offered = this.offers.length > 0 ? this.offers : [{}];
    return offered.map((offer, index) => {
      const decisionId = isCommitted ? `d-${index}-${requestId}` : '';
      this.put({ decisionId, customerId, channel: channels[0], ...offer });
      return this.get(decisionId);
    });
  }

  private get(decisionId: string): Decision {
    const decision = this.decisions.get(decisionId);
    if (!decision) throw notFound('DECISION_NOT_FOUND', 'There is no decision of this id.');
    return decision;
  }
}
