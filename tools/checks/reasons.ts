import type { Finding } from './check';

export interface SourceFile {
  path: string;
  content: string;
}

const TEST = /\.(spec|int-spec|e2e-spec)\.ts$|\/testing\/|^apps\/e2e\//;
const THROWN = /(?:\b(?:refused|notFound|denied)\(\s*|\breason:\s*)'([A-Z][A-Z0-9_]{2,})'/g;
const NAMED = /\b[A-Z][A-Z0-9_]{2,}\b/g;

/** Reasons that no test names: faults of a deployment or of code, and limits that are far away. The list may only become shorter. */
export const UNTESTED: ReadonlySet<string> = new Set([
  'ACCESS_NOT_DECLARED',
  'ACTOR_MISSING',
  'AUDIENCE_NOT_FOUND',
  'CALL_BACKS_USED_UP',
  'COMMIT_UNKNOWN',
  'COPY_BEHIND',
  'CUSTOMER_ONLY',
  'DELIVERY_NOT_FOUND',
  'EVENT_COUNTERS_FULL',
  'FORCED_SETTLEMENT_NOT_ALLOWED',
  'JUDGEMENTS_TOO_MANY',
  'MODEL_DOES_NOT_LEARN',
  'MODEL_OUTPUT_INVALID',
  'NOT_A_NAMESPACE',
  'NOT_DECIDED',
  'PEER_FAILED',
  'PEOPLE_TOO_MANY',
  'PERSON_NOT_FOUND',
  'PROFILES_TOO_MANY',
  'REWARD_KIND_UNKNOWN',
  'SEGMENTS_TOO_MANY',
  'SEGMENT_FACTS_TOO_MANY',
  'SHIFTS_FULL',
  'SHIFT_FIXED',
  'SIMULATIONS_BUSY',
  'SIMULATION_FINISHED',
  'SIMULATION_TOO_LARGE',
  'TEAM_OF_OTHER_ORG',
]);

/** Every reason that code gives for an error is named by a test: callers stand on it. */
export function checkReasons(files: readonly SourceFile[], untested: ReadonlySet<string> = UNTESTED): Finding[] {
  const named = new Set<string>();
  const thrown = new Map<string, string>();
  for (const { path, content } of files) {
    if (TEST.test(path)) for (const [name] of content.matchAll(NAMED)) named.add(name);
    else for (const [, reason] of content.matchAll(THROWN)) thrown.set(reason!, thrown.get(reason!) ?? path);
  }
  const missing = [...thrown].filter(([reason]) => !named.has(reason) && !untested.has(reason));
  const over = [...untested].filter((reason) => named.has(reason) || !thrown.has(reason));
  return [
    ...missing.map(([reason, path]) => ({ path, message: `no test names the reason ${reason}` })),
    ...over.map((reason) => ({ path: 'tools/checks/reasons.ts', message: `${reason} need not be listed any more` })),
  ];
}
