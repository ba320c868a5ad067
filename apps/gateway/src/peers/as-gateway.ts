import { continueTrace, currentContext, runInContext } from '@tidegate/observability';
import { GATEWAY } from '../access/gateway-actor';

/** Asks in the gateway's own name what the caller may not see himself, though it decides whether he is served. */
export const asGateway = <T>(call: () => Promise<T>): Promise<T> =>
  runInContext({ traceparent: continueTrace(currentContext()?.traceparent), actor: GATEWAY }, call);
