import fc from 'fast-check';
import { DomainError } from '@tidegate/errors';
import { fromStatus, toGrpcStatus } from './error-mapping';
import { decodeStatus, encodeStatus } from './status-details';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });

describe(encodeStatus.name, () => {
  it('is read back whole, whatever the texts', () => {
    const details = fc.record({
      code: fc.integer({ min: 0, max: 16 }),
      message: text,
      reason: text.filter((value) => value !== ''),
      metadata: fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        text,
        { maxKeys: 5, noNullPrototype: true },
      ),
      violations: fc.array(fc.record({ field: text, description: text }), { maxLength: 4 }),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
    });
    fc.assert(fc.property(details, (value) => expect(decodeStatus(encodeStatus(value))).toEqual(value)));
  });

  it('has the bytes of google.rpc.Status with one ErrorInfo', () => {
    const bytes = encodeStatus({ code: 9, message: 'no', reason: 'R', metadata: {}, violations: [] });
    // code=9 | message="no" | details: Any { type_url, value: ErrorInfo { reason="R", domain="tidegate" } }
    const typeUrl = 'type.googleapis.com/google.rpc.ErrorInfo';
    const info = Buffer.concat([
      Buffer.from([0x0a, 1]),
      Buffer.from('R'),
      Buffer.from([0x12, 8]),
      Buffer.from('tidegate'),
    ]);
    const any = Buffer.concat([
      Buffer.from([0x0a, typeUrl.length]),
      Buffer.from(typeUrl),
      Buffer.from([0x12, info.length]),
      info,
    ]);
    expect(bytes).toEqual(
      Buffer.concat([Buffer.from([0x08, 9, 0x12, 2]), Buffer.from('no'), Buffer.from([0x1a, any.length]), any]),
    );
  });
});

describe(toGrpcStatus.name, () => {
  const roundTrip = (error: unknown): DomainError => fromStatus(toGrpcStatus(error), '/x/y');

  it('carries a domain error to the caller with its reason', () => {
    const original = new DomainError({
      code: 'FAILED_PRECONDITION',
      reason: 'STOCK_SOLD_OUT',
      message: 'All of it has been claimed.',
      metadata: { stockId: 's' },
    });
    expect(roundTrip(original)).toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'STOCK_SOLD_OUT',
      message: original.message,
      metadata: { stockId: 's' },
    });
  });

  it('writes an error that is given to many once, and each of two alike', () => {
    const make = (reason: string): DomainError =>
      new DomainError({ code: 'FAILED_PRECONDITION', reason, message: 'no' });
    const [first, other] = [make('FIRST'), make('OTHER')];
    expect(toGrpcStatus(first)).toBe(toGrpcStatus(first));
    expect([first, other, first].map((error) => roundTrip(error).reason)).toEqual(['FIRST', 'OTHER', 'FIRST']);
  });

  it('shows nothing of an unexpected error', () => {
    const shown = roundTrip(new Error('password=hunter2'));
    expect(shown).toMatchObject({ code: 'INTERNAL', reason: 'INTERNAL' });
    expect(shown.message).not.toContain('hunter2');
  });
});
