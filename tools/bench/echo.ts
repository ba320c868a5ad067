import { fork } from 'node:child_process';
import { join } from 'node:path';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient, type Client } from '../../libs/grpc/src/index';
import { asActor, headOffice } from '../../libs/testing/src/index';
import { YOUNG_FIRST } from '../up/services';

/** Starts the bare echo server in a process of its own. */
export async function startEchoServer(): Promise<{ url: string; stop(): void }> {
  const execArgv = ['--import', 'tsx', '--max-semi-space-size=8', YOUNG_FIRST];
  const child = fork(join(__dirname, 'echo-server.ts'), { execArgv });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', () => reject(new Error('the echo server ended')));
  });
  return { url: `127.0.0.1:${port}`, stop: () => child.disconnect() };
}

/** The echo server with a client made like every other client here. */
export async function startEcho(): Promise<{ client: Client<typeof BenefitsServiceService>; stop(): void }> {
  const server = await startEchoServer();
  const client = createClient(BenefitsServiceService, server.url, { deadlineMs: 60_000 });
  return {
    client: asActor<typeof BenefitsServiceService>(client, headOffice),
    stop: () => {
      client.close();
      server.stop();
    },
  };
}
