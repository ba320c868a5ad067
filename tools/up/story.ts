import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OnProgress } from '@tidegate/infra';
import type { IssueDevToken } from './dev-token';

/** What the demo story is given to play with. */
export interface StoryContext {
  gatewayUrl: string;
  dataDir: string;
  /** The report goes here. */
  outDir: string;
  issueDevToken: IssueDevToken;
  log: OnProgress;
}

export type RunStory = (context: StoryContext) => Promise<void>;

/** Plays tools/demo/story.ts; false when this checkout has none. */
export async function playStory(
  root: string,
  place: { gatewayUrl: string; dataDir: string; issueDevToken: IssueDevToken | null },
  log: OnProgress,
): Promise<boolean> {
  const file = join(root, 'tools', 'demo', 'story.ts');
  if (!existsSync(file)) return false;
  const { runStory } = (await import(pathToFileURL(file).href)) as { runStory: RunStory };
  const { gatewayUrl, dataDir, issueDevToken } = place;
  if (issueDevToken === null) throw new Error('The demo story needs development keys; use --no-story with your own.');
  await runStory({ gatewayUrl, dataDir, outDir: join(root, 'out'), issueDevToken, log });
  return true;
}
