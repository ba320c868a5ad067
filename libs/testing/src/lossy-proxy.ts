import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const FRAME_HEADER_BYTES = 9;
const HEADERS_FRAME = 1;

/** A TCP proxy in front of a gRPC port that can lose answers: the peer has done its work and the caller never hears of it. */
export interface LossyProxy {
  url: string;
  /** Answers that were lost so far. */
  lostCount(): number;
  /** Keeps back the next `count` answers and then cuts the connection, so that all of them are lost. */
  loseNext(count: number): void;
  /** Keeps every answer back from now on and cuts nothing: whoever waits for one comes to its deadline. */
  keepBack(): void;
  /** Cuts every connection that there is; those that are opened then are answered. */
  restore(): void;
  stop(): Promise<void>;
}

/** @param target `host:port` of a plain-text HTTP/2 server; asked for with every connection when it is known only later */
export async function startLossyProxy(target: string | (() => string)): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  const plan = { left: 0, lost: 0 };
  const server = createServer((caller) => {
    const [host = '', port = ''] = (typeof target === 'string' ? target : target()).split(':');
    const peer = connect(Number(port), host);
    const cut = (): void => [caller, peer].forEach((socket) => socket.destroy());
    for (const socket of [caller, peer]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    caller.pipe(peer);
    relayAnswers({ caller, peer, cut }, plan);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    lostCount: () => plan.lost,
    loseNext: (count) => {
      plan.left = count;
    },
    keepBack: () => {
      plan.left = Infinity;
    },
    restore: () => {
      plan.left = 0;
      for (const socket of sockets) socket.destroy();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Passes the peer's frames on; from the first answer to be lost on, nothing more reaches the caller. */
function relayAnswers(
  { caller, peer, cut }: { caller: Socket; peer: Socket; cut: () => void },
  plan: { left: number; lost: number },
): void {
  let unread: Buffer = Buffer.alloc(0);
  const lostStreams = new Set<number>();
  peer.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= FRAME_HEADER_BYTES) {
      const frameBytes = FRAME_HEADER_BYTES + unread.readUIntBE(0, 3);
      if (unread.length < frameBytes) return;
      const streamId = unread.readUInt32BE(5) & 0x7fffffff;
      const isNewAnswer = unread[3] === HEADERS_FRAME && !lostStreams.has(streamId);
      if (isNewAnswer && plan.left > 0) {
        lostStreams.add(streamId);
        plan.left -= 1;
        plan.lost += 1;
        if (plan.left === 0) return cut();
      }
      if (lostStreams.size === 0) caller.write(unread.subarray(0, frameBytes));
      unread = unread.subarray(frameBytes);
    }
  });
}
