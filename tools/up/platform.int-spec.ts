import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataFolder, pollUntil } from '@tidegate/infra';
import { Platform } from './platform';

// Goal: what a service was writing when it died is free when it is started again.

const driver = join(__dirname, '..', '..', 'node_modules', 'mongodb');

/** Dies in the middle of a transaction; started again, it writes the same document in another one and keeps how that went. */
const SERVICE = `
  const { appendFileSync, existsSync } = require('node:fs');
  const { MongoClient } = require(${JSON.stringify(driver)});
  const tell = (line) => appendFileSync('runs', line + '\\n');
  async function main() {
    const isFirst = !existsSync('runs');
    const client = await new MongoClient(process.env.MONGODB_URI).connect();
    const stocks = client.db('platform_test').collection('stocks');
    if (isFirst) await stocks.insertOne({ _id: 'umbrella', left: 3 });
    const session = client.startSession();
    session.startTransaction();
    try {
      await stocks.updateOne({ _id: 'umbrella' }, { $inc: { left: -1 } }, { session });
      tell('written');
      if (isFirst) process.kill(process.pid, 'SIGKILL');
      await session.commitTransaction();
      tell('committed, left ' + (await stocks.findOne({ _id: 'umbrella' })).left);
    } catch (error) {
      tell('refused: ' + error.message);
    }
    require('node:http').createServer((_, response) => response.writeHead(200).end())
      .listen(Number(process.env.METRICS_PORT), '127.0.0.1');
  }
  void main();
`;

describe('Platform', () => {
  let root: string;
  let folder: DataFolder;
  let platform: Platform;
  const lines: string[] = [];

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'tidegate-platform-'));
    // A service that needs no building.
    write('apps/delivery/src/main.ts', '');
    write('node_modules/nx/dist/bin/nx.js', '');
    write('dist/apps/delivery/main.js', SERVICE);
    const dataDir = join(root, 'data');
    folder = await DataFolder.claim(dataDir);
    const what = { services: ['delivery'], hasPrivateInfra: true, hasStory: false, exitsAfterStory: false };
    platform = new Platform({ root, dataDir, port: null, ...what }, folder, (line) => lines.push(line));
  });

  afterAll(async () => {
    await platform.stop();
    folder.release();
    rmSync(root, { recursive: true, force: true });
  });

  it('ends the transactions of a service that died before it is started again', async () => {
    await platform.start();
    await pollUntil(async () => expect(runs().at(-1)).toMatch(/committed|refused/), { deadlineMs: 60_000 });
    expect(runs()).toEqual(['written', 'written', 'committed, left 2']);
    expect(lines).toContainEqual(expect.stringContaining('delivery ended (SIGKILL); starting it again'));
  });

  const runs = (): string[] => readFileSync(join(root, 'runs'), 'utf8').trim().split('\n');
});
