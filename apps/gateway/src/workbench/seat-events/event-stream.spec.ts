import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { EventStream } from './event-stream';

/** A reply whose caller is there, or has gone. */
function aReply({ destroyed = false } = {}) {
  const written: string[] = [];
  const raw = {
    destroyed,
    writableLength: 0,
    writeHead: () => raw,
    once: () => raw,
    write: (message: string) => written.push(message),
    end: () => raw,
  };
  const reply = { raw: raw as unknown as ServerResponse, hijack: () => reply, getHeaders: () => ({}) };
  return { reply: reply as unknown as FastifyReply, written };
}

const requireCaller = () => Promise.resolve();

describe(EventStream, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('beats until it is closed, and keeps no timer after that', () => {
    const { reply, written } = aReply();
    const onClose = jest.fn();
    const stream = new EventStream(reply, {
      heartbeatMs: 10,
      endsAt: new Date(Date.now() + 1_000),
      requireCaller,
      onClose,
    });
    jest.advanceTimersByTime(25);
    expect(written).toEqual(['retry: 2000\n\n', ': still here\n\n', ': still here\n\n']);
    stream.close();
    expect([jest.getTimerCount(), onClose.mock.calls.length]).toEqual([0, 1]);
  });

  it('is closed at once when its caller has gone before it began', () => {
    const { reply, written } = aReply({ destroyed: true });
    const onClose = jest.fn();
    new EventStream(reply, { heartbeatMs: 10, endsAt: new Date(Date.now() + 1_000), requireCaller, onClose });
    expect([jest.getTimerCount(), onClose.mock.calls.length, written]).toEqual([0, 1, []]);
  });
});
