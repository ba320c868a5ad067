import type { Operation } from './operations';
import { callOperation, problemOf, type RawRequest, type Reply } from './gateway-caller';
import type { TestGateway } from './test-gateway';

export const isWrite = ({ method }: Operation): boolean => method !== 'GET';
export const takesJson = ({ requestType }: Operation): boolean => requestType === 'application/json';
export const isSigned = ({ audience }: Operation): boolean => audience.isSigned;

/** Runs a check over routes and names all that fail it, not only the first. */
export async function forEachRoute(chosen: Operation[], check: (operation: Operation) => Promise<void>): Promise<void> {
  expect(chosen.length).toBeGreaterThan(0);
  const failures: string[] = [];
  for (const operation of chosen) {
    await check(operation).catch((error: unknown) => {
      failures.push(
        `${operation.method} ${operation.template}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
  expect(failures).toEqual([]);
}

export function expectProblem(reply: Reply, status: number, reason?: string): void {
  const problem = problemOf(reply);
  expect({ status: reply.status, reason: problem.reason }).toEqual({ status, reason: reason ?? expect.any(String) });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  const traceId = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
  expect(problem).toMatchObject({ status, title: expect.any(String), type: expect.any(String), traceId });
}

/** Expects that each route refuses the request when it has been changed so. */
export const expectRefused = (
  gateway: TestGateway,
  chosen: Operation[],
  change: (request: RawRequest, operation: Operation) => void,
  [status, reason]: [number, string],
): Promise<void> =>
  forEachRoute(chosen, async (operation) => {
    const reply = await callOperation(gateway, operation, (request) => change(request, operation));
    expectProblem(reply, status, reason);
  });
