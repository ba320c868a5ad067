import { continueTrace, currentContext, runInContext } from '@tidegate/observability';

/** Calls peers as this service. */
export function asService<T>(ask: () => Promise<T>): Promise<T> {
  const traceparent = continueTrace(currentContext()?.traceparent);
  const actor = { id: 'delivery', kind: 'service' as const, roles: [], orgPath: '' };
  return runInContext({ traceparent, actor }, ask);
}
