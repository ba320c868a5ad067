import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { createClient } from '@tidegate/grpc';
import { continueTrace, currentContext, runInContext } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';

/** As many as arbitration answers at once. */
const ASKED_MAX = 500;
const DEADLINE_MS = 3_000;

/** What delivery asks arbitration, right before something leaves. */
@Injectable()
export class ArbitrationPeer implements OnModuleDestroy {
  private readonly client;

  constructor(env: ServiceEnv) {
    this.client = createClient(ArbitrationServiceService, env.peerUrl('arbitration'), { deadlineMs: DEADLINE_MS });
  }

  /** Why these decisions were retracted, by id, of those that were. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async retractionsOf(decisionIds: readonly string[]): Promise<Map<string, string>> {
    const traceparent = continueTrace(currentContext()?.traceparent);
    const actor = { id: 'delivery', kind: 'service' as const, roles: [], orgPath: '' };
    const reasons = new Map<string, string>();
    for (let from = 0; from < decisionIds.length; from += ASKED_MAX) {
      const asked = decisionIds.slice(from, from + ASKED_MAX);
      const { retractions } = await runInContext({ traceparent, actor }, () =>
        this.client.listRetractions({ decisionIds: asked }),
      );
      for (const { decisionId, reason } of retractions) reasons.set(decisionId, reason);
    }
    return reasons;
  }

  onModuleDestroy(): void {
    this.client.close();
  }
}
