import { once } from 'node:events';
import http2, { type Http2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { releaseEndedStreams } from './ended-streams';

// Goal: a stream that is over knows nothing of the call that it was for, and all who wait for its end are told.

it('answers as before, and lets go of the listeners of both sides once a stream is over', async () => {
  releaseEndedStreams();
  releaseEndedStreams();
  const streams: Http2Stream[] = [];
  const told: string[] = [];
  const server = http2.createServer();
  server.on('stream', (stream) => {
    streams.push(stream);
    stream.on('close', () => told.push('server'));
    stream.on('data', () => undefined);
    stream.respond({ ':status': 200 });
    stream.end('answer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const request = session.request({ ':method': 'POST' });
    streams.push(request);
    let answer = '';
    request.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    request.on('close', () => told.push('client'));
    request.end('question');
    await once(request, 'close');
    while (told.length < 2) await turn();
    await turn();
    await turn();
    expect(answer).toBe('answer');
    expect(streams.map((stream) => [stream.listenerCount('data'), stream.listenerCount('close')])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    for (const stream of streams) expect(stream.emit('error', new Error('late'))).toBe(true);
  } finally {
    session.close();
    server.close();
  }
});
