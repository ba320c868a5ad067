import { DomainError, refused } from '@tidegate/errors';
import type { MomentRule } from './moment-rule';
import type { StrategyMap } from './strategy-map';
import { moveNotAllowed, stateAfter, type StrategyMove, type StrategyState } from './strategy-state';

/** What a maker writes: who, what, where, when. */
export interface StrategyContent extends StrategyMap {
  name: string;
  segmentId: string;
  actionIds: string[];
  /** In order of preference; empty means those of the treatments. */
  channels: string[];
  momentRules: MomentRule[];
  holdoutBasisPoints: number;
  explorationBasisPoints: number;
  startsAt: Date | null;
  endsAt: Date | null;
  /** Times it may be chosen in all; 0 for no limit. */
  quota: number;
}

/** One version: its content never changes, only its state. */
export interface StrategyVersion extends StrategyContent {
  version: number;
  state: StrategyState;
  createdBy: string;
  /** Everybody whose changes since the last published version it carries, once published its actions' and scripts' too: none may review it. */
  makerIds: string[];
  reviewedBy: string;
  reviewComment: string;
  publishedAt: Date | null;
  updatedAt: Date;
  /** The version whose content a roll-back put in force again; 0 for none. */
  restoredVersion: number;
  /** Of what was submitted last, with all it refers to; empty before. */
  contentHash: string;
}

/** A strategy: the version that is live (or was last), and the change to it that is open: at least one of them; a first draft that was discarded stays, retired. */
export interface Strategy {
  strategyId: string;
  orgPath: string;
  newestVersion: number;
  /** Grows with every change of the live version's state. */
  revision: number;
  open: StrategyVersion | null;
  live: StrategyVersion | null;
}

/** The strategy after a move, and the versions that are no longer part of it. */
export interface StrategyChange {
  next: Strategy;
  closed: StrategyVersion[];
}

/** What a reviewer says, and of what. */
export interface Review {
  comment: string;
  /** Of the submission that was read. */
  contentHash: string;
  /** Who wrote the actions, scripts and segments that come with it. */
  authorIds: readonly string[];
}

/** Who does something, and when. */
export interface Step {
  actorId: string;
  now: Date;
}

/** The version a reader means by "the strategy": the newest. */
export function newestOf(strategy: Strategy): StrategyVersion {
  const newest = strategy.open ?? strategy.live;
  if (newest === null) throw new Error(`strategy ${strategy.strategyId} has no version`);
  return newest;
}

/** @throws STRATEGY_NOT_PUBLISHED */
export function requirePublished(strategy: Strategy): void {
  if (strategy.live?.state === 'published') return;
  throw refused('STRATEGY_NOT_PUBLISHED', 'The strategy is not published.', { state: newestOf(strategy).state });
}

/** @throws STRATEGY_NOT_PUBLISHED while it is paused, and once it is over */
export function requireInForce(strategy: Strategy, now: Date): void {
  const { state } = newestOf(strategy);
  if (isOver(strategy, now)) throw refused('STRATEGY_NOT_PUBLISHED', 'The strategy is over.', { state });
  if (strategy.live?.state !== 'paused') return;
  throw refused('STRATEGY_NOT_PUBLISHED', 'The strategy is paused.', { state: 'paused' });
}

/** Whether it decides about nobody any more: it is retired, or past its end. A pause passes, and a start comes. */
export const isOver = ({ live }: Strategy, now: Date): boolean =>
  live === null || live.state === 'retired' || (live.endsAt !== null && live.endsAt <= now);

/** A first draft. */
export function draftStrategy(
  id: { strategyId: string; orgPath: string },
  content: StrategyContent,
  step: Step,
): Strategy {
  return { ...id, newestVersion: 1, revision: 0, open: draftOf(content, 1, [step.actorId], step), live: null };
}

/**
 * The next version of a draft, or the first draft of a change to a live strategy, which stays live until the change is approved.
 * @param readVersion the version the editor saw
 * @throws STRATEGY_NOT_DRAFT when it is in review or retired
 * @throws VERSION_CONFLICT when there is a newer version than the one that was read
 */
export function editStrategy(
  strategy: Strategy,
  content: StrategyContent,
  readVersion: number,
  step: Step,
): StrategyChange {
  const newest = newestOf(strategy);
  if (newest.state === 'in_review' || newest.state === 'retired') {
    throw refused('STRATEGY_NOT_DRAFT', `A strategy that is ${newest.state.replace('_', ' ')} cannot be changed.`, {
      state: newest.state,
    });
  }
  if (readVersion !== newest.version) {
    throw versionConflict('The strategy was changed by somebody else since it was read.', newest);
  }
  const version = strategy.newestVersion + 1;
  const makerIds = [...new Set([...(strategy.open?.makerIds ?? []), step.actorId])];
  const draft = draftOf(content, version, makerIds, step);
  const { reviewedBy = '', reviewComment = '' } = strategy.open ?? {};
  return {
    next: {
      ...strategy,
      newestVersion: version,
      open: { ...draft, templateId: draft.templateId || newest.templateId, reviewedBy, reviewComment },
    },
    closed: strategy.open === null ? [] : [moved(strategy.open, 'supersede', step.now)],
  };
}

/**
 * draft → in_review.
 * @param contentHash of the version with all it refers to, as it is now
 * @throws STRATEGY_MOVE_NOT_ALLOWED
 */
export function submitStrategy(strategy: Strategy, contentHash: string, now: Date): Strategy {
  const open = moved(newestOf(strategy), 'submit', now);
  return { ...strategy, open: { ...open, contentHash, reviewedBy: '', reviewComment: '' } };
}

/**
 * in_review → published, in place of the version that was live; paused where that was paused.
 * @throws STRATEGY_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER when the reviewer's own change is in it, an action's or a script's too, or
 * VERSION_CONFLICT when it is not the submission that was read
 */
export function approveStrategy(strategy: Strategy, review: Review, step: Step): StrategyChange {
  const approved = reviewed(strategy, 'approve', review.comment, step);
  if (review.authorIds.includes(step.actorId)) throw approverIsMaker();
  if (review.contentHash !== approved.contentHash) {
    throw versionConflict('The strategy was submitted anew since it was read.', approved);
  }
  const makerIds = [...new Set([...approved.makerIds, ...review.authorIds])];
  const live = { ...approved, makerIds, state: stateInForce(strategy), publishedAt: step.now };
  return {
    next: { ...strategy, revision: strategy.revision + 1, open: null, live },
    closed: strategy.live === null ? [] : [moved(strategy.live, 'supersede', step.now)],
  };
}

/** @throws STRATEGY_CHANGED_IN_REVIEW when what it would be published as is not what was submitted */
export function requireAsSubmitted({ open }: Strategy, contentHash: string): void {
  if (open?.contentHash === contentHash) return;
  throw refused(
    'STRATEGY_CHANGED_IN_REVIEW',
    'An action, a script or a segment of it changed since it was submitted: reject it, and have it submitted again.',
  );
}

/** in_review → draft. @throws STRATEGY_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER */
export const rejectStrategy = (strategy: Strategy, comment: string, step: Step): Strategy => ({
  ...strategy,
  open: reviewed(strategy, 'reject', comment, step),
});

/**
 * Pauses, resumes or retires the live version; retiring also ends a change that is open.
 * @throws STRATEGY_MOVE_NOT_ALLOWED
 */
export function moveStrategy(strategy: Strategy, move: 'pause' | 'resume' | 'retire', now: Date): StrategyChange {
  if (strategy.live === null) throw moveNotAllowed(newestOf(strategy).state, move);
  const next = { ...strategy, revision: strategy.revision + 1, live: moved(strategy.live, move, now) };
  if (move !== 'retire' || strategy.open === null) return { next, closed: [] };
  return { next: { ...next, open: null }, closed: [moved(strategy.open, 'discard', now)] };
}

/**
 * Puts a version that was published before in force again, as a new version; a change that is open stays open, a strategy that is
 * paused stays paused.
 * @throws STRATEGY_NOT_LIVE when nothing is live, VERSION_NEVER_PUBLISHED, or APPROVER_IS_MAKER when the content is the actor's own
 */
export function rollBackStrategy(
  strategy: Strategy,
  restored: StrategyVersion,
  comment: string,
  step: Step,
): StrategyChange {
  const { live } = strategy;
  if (live === null || live.state === 'retired') {
    throw refused('STRATEGY_NOT_LIVE', 'Only a strategy that is published or paused can be rolled back.');
  }
  if (restored.publishedAt === null || restored.version === live.version) {
    throw refused('VERSION_NEVER_PUBLISHED', 'Only a version that was published before can be put in force again.', {
      version: String(restored.version),
    });
  }
  if (restored.makerIds.includes(step.actorId)) throw approverIsMaker();
  const version = strategy.newestVersion + 1;
  const next: StrategyVersion = {
    ...restored,
    version,
    state: stateInForce(strategy),
    reviewedBy: step.actorId,
    reviewComment: comment,
    publishedAt: step.now,
    updatedAt: step.now,
    restoredVersion: restored.version,
  };
  return {
    next: { ...strategy, newestVersion: version, revision: strategy.revision + 1, live: next },
    closed: [moved(live, 'supersede', step.now)],
  };
}

function reviewed(strategy: Strategy, move: 'approve' | 'reject', comment: string, step: Step): StrategyVersion {
  const newest = newestOf(strategy);
  const next = moved(newest, move, step.now);
  if (newest.makerIds.includes(step.actorId)) {
    throw approverIsMaker();
  }
  return { ...next, reviewedBy: step.actorId, reviewComment: comment };
}

/** Of what takes the live version's place: a pause is an emergency stop, which only `resume` ends. */
const stateInForce = ({ live }: Strategy): StrategyState => (live?.state === 'paused' ? 'paused' : 'published');

const versionConflict = (message: string, { version }: StrategyVersion): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message,
    metadata: { version: String(version) },
  });

/** For a move that was checked against the version that was live. */
export const liveVersionChanged = (): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message: 'Another version of the strategy went live at the same time.',
  });

const approverIsMaker = (): Error =>
  refused('APPROVER_IS_MAKER', 'Nobody reviews their own change; another person must.');

/** A version after a move. @throws STRATEGY_MOVE_NOT_ALLOWED */
export const moved = (version: StrategyVersion, move: StrategyMove, now: Date): StrategyVersion => ({
  ...version,
  state: stateAfter(version.state, move),
  updatedAt: now,
});

const draftOf = (content: StrategyContent, version: number, makerIds: string[], step: Step): StrategyVersion => ({
  ...content,
  version,
  state: 'draft',
  createdBy: step.actorId,
  makerIds,
  reviewedBy: '',
  reviewComment: '',
  publishedAt: null,
  updatedAt: step.now,
  restoredVersion: 0,
  contentHash: '',
});
