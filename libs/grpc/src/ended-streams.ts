import http2, { type Http2Stream } from 'node:http2';

type Opener<T> = (...args: never[]) => T;
interface Emitter {
  on(event: 'stream', listener: (stream: Http2Stream) => void): unknown;
}
interface Requester {
  request: Opener<Http2Stream>;
}

/** Known to all copies of this module in a process: each would listen once more. */
const DONE = Symbol.for('tidegate.releaseEndedStreams');

/**
 * Lets go of what listens to a stream as soon as it is over. V8 takes the native half of a stream for alive in each small collection, so
 * all that the stream still knows would grow old with it, call after call: twice as much for the next great collection, which stops
 * every call for as long as it takes. For all HTTP/2 of the process.
 */
export function releaseEndedStreams(): void {
  const opened = http2 as unknown as { createServer: Opener<Emitter>; connect: Opener<Requester>; [DONE]?: true };
  if (opened[DONE]) return;
  opened[DONE] = true;
  const { createServer, connect } = opened;
  opened.createServer = (...args) => {
    const server = createServer(...args);
    server.on('stream', release);
    return server;
  };
  opened.connect = (...args) => {
    const session = connect(...args);
    const request = session.request.bind(session);
    session.request = (...asked) => {
      const stream = request(...asked);
      release(stream);
      return stream;
    };
    return session;
  };
}

const release = (stream: Http2Stream): void => {
  // Others may be told of the end after this one.
  stream.once('close', () => setImmediate(forget, stream));
};

const forget = (stream: Http2Stream): void => {
  stream.removeAllListeners();
  // An error that nobody hears would end the process.
  stream.on('error', ignore);
};

const ignore = (): void => undefined;
