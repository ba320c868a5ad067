import type { Author } from './authorship';
import type { Script } from './script';
import type { Segment } from './segment';
import type { CompiledStrategy } from './strategy-snapshot';

/**
 * Who wrote what a strategy brings that is not in force already: versions of its actions, scripts and segments since those of `live`, or all of
 * them where there is nothing live or an older one comes back. It is their change as well as the maker's.
 */
export function authorsSince(
  live: CompiledStrategy | null,
  { actions }: CompiledStrategy,
  { scripts, segments }: { scripts: readonly Script[]; segments: readonly Segment[] },
): string[] {
  const liveVersions = new Map(live?.actions.map(({ actionId, version }) => [actionId, version]));
  const authors = [
    ...actions.flatMap((action) => newAuthors(action, liveVersions.get(action.actionId))),
    ...scripts.flatMap((script) => newAuthors(script, live?.scriptVersions[script.scriptId])),
    // What was published before segments' versions were kept has none.
    ...segments.flatMap((segment) => newAuthors(segment, live?.segmentVersions?.[segment.segmentId])),
  ];
  return [...new Set(authors)];
}

function newAuthors({ version, authors }: { version: number; authors: readonly Author[] }, live = 0): string[] {
  const since = live <= version ? live : 0;
  return authors.filter((author) => author.version > since).map(({ actorId }) => actorId);
}
