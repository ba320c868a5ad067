import { join } from 'node:path';
import { DataFolder, InfraError } from '@tidegate/infra';
import { devTokenIssuer, writeDevTokens } from './dev-token';
import { parseOptions, USAGE, type UpOptions } from './options';
import { Platform } from './platform';
import { playStory } from './story';

const PARENT_CHECK_MS = 500;

const startedAt = Date.now();
const tell = (line: string): void => {
  console.log(`${`${((Date.now() - startedAt) / 1000).toFixed(1)} s`.padStart(8)}  ${line}`);
};

function readOptions(): UpOptions {
  try {
    return parseOptions(process.argv.slice(2), join(__dirname, '..', '..'));
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

/** npm does not pass SIGTERM on: when it is gone, so is the person's reason for this process. */
function stopWithNpm(end: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    end();
  }, PARENT_CHECK_MS);
  watch.unref();
}

/** A second Ctrl-C does not wait: leaving makes the folder's guard end what is still running. */
function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (why: string): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    tell(why);
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end('Stopping ...'));
  stopWithNpm(() => {
    if (!isStopping) end('npm has ended: stopping ...');
  });
}

function fail(error: unknown): never {
  const isKnown = error instanceof InfraError || (error instanceof Error && error.constructor === Error);
  console.error(isKnown ? `\n${error.message}` : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = readOptions();
  const folder = await DataFolder.claim(options.dataDir, tell);
  const platform = new Platform(options, folder, tell);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= platform.stop().then(() => {
      folder.release();
      tell('Stopped');
    });
    return stopped;
  };
  stopOnSignal(stop);
  try {
    await serve(options, platform, folder);
  } catch (error) {
    // A signal ends the process itself when everything has been stopped.
    if (stopped !== undefined) return;
    await stop();
    fail(error);
  }
  if (options.exitsAfterStory) {
    await stop();
    process.exit(0);
  }
}

async function serve(options: UpOptions, platform: Platform, folder: DataFolder): Promise<void> {
  const { gatewayUrl, keysFile } = await platform.start();
  const issueDevToken = await devTokenIssuer(keysFile);
  const tokenFile = join(folder.path, 'dev-tokens.json');
  const tokens = issueDevToken === null ? {} : await writeDevTokens(tokenFile, issueDevToken);
  console.log(`\nTidegate serves at ${gatewayUrl}\nLogs:  ${join(folder.path, 'logs')}\nStop:  Ctrl-C`);
  if (issueDevToken !== null) console.log(`\nDevelopment tokens, good for twelve hours, also in ${tokenFile}:`);
  for (const [name, token] of Object.entries(tokens)) console.log(`${name.padEnd(8)} ${token}`);
  console.log('');
  if (!options.hasStory) return;
  const wasPlayed = await playStory(options.root, { gatewayUrl, dataDir: folder.path, issueDevToken }, tell);
  if (wasPlayed) return;
  if (options.exitsAfterStory) throw new Error('There is no demo story: tools/demo/story.ts is missing.');
  tell('There is no demo story yet (tools/demo/story.ts): serving only');
}

// Whoever read our lines may be gone; stopping goes on.
process.stdout.on('error', () => undefined);
main().catch(fail);
