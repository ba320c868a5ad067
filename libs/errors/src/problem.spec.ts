import { DomainError, invalid, isRetryable, notFound, refused } from './domain-error';
import { toProblem } from './problem';

describe(toProblem.name, () => {
  it.each([
    [refused('STOCK_SOLD_OUT', 'All gone.', { stockId: 's' }), 422, 'STOCK_SOLD_OUT'],
    [notFound('LEAD_NOT_FOUND', 'None.'), 404, 'LEAD_NOT_FOUND'],
    [new DomainError({ code: 'ALREADY_EXISTS', reason: 'REQUEST_ID_REUSED', message: 'x' }), 409, 'REQUEST_ID_REUSED'],
    [new DomainError({ code: 'ABORTED', reason: 'WRITE_CONFLICT', message: 'x' }), 409, 'WRITE_CONFLICT'],
    [new DomainError({ code: 'RESOURCE_EXHAUSTED', reason: 'QUEUE_FULL', message: 'x' }), 429, 'QUEUE_FULL'],
    [new DomainError({ code: 'UNAVAILABLE', reason: 'PEER_UNAVAILABLE', message: 'x' }), 503, 'PEER_UNAVAILABLE'],
    [new DomainError({ code: 'DEADLINE_EXCEEDED', reason: 'PEER_TIMED_OUT', message: 'x' }), 504, 'PEER_TIMED_OUT'],
  ])('maps %p to %i', (error, status, reason) => {
    expect(toProblem(error, 'trace')).toMatchObject({ status, reason, detail: error.message, traceId: 'trace' });
  });

  it('names each field that is wrong', () => {
    expect(toProblem(invalid([{ field: 'a.b', description: 'must be set' }]))).toMatchObject({
      status: 400,
      reason: 'VALIDATION_FAILED',
      violations: [{ field: 'a.b', description: 'must be set' }],
    });
  });

  it.each([
    new Error('secret inside'),
    'text',
    new DomainError({ code: 'INTERNAL', reason: 'LEDGER_UNBALANCED', message: 'secret inside' }),
  ])('shows nothing of %p', (error) => {
    const problem = toProblem(error);
    expect(problem).toMatchObject({ status: 500, reason: 'INTERNAL' });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});

it('retries what may pass and nothing else', () => {
  expect(isRetryable(new Error('unknown'))).toBe(true);
  expect(isRetryable(new DomainError({ code: 'UNAVAILABLE', reason: 'X', message: 'x' }))).toBe(true);
  expect(isRetryable(refused('X', 'x'))).toBe(false);
  expect(isRetryable(invalid([]))).toBe(false);
});
