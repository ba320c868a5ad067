import type { ListJob, NameList } from './name-list';

const DAY_MS = 86_400_000;
/** How often a dispatched list is adjusted. */
const PERIOD_DAYS = 1;

/** The list with a job to be begun. */
export const withJob = (list: NameList, kind: ListJob['kind'], jobId: string, passCount: number): NameList => ({
  ...list,
  job: { kind, jobId, isBegun: false, passCount, pass: 0, chunk: 0 },
});

/** The job that hands those over anew whom an adjustment gave to others. */
export const pushJob = (jobId: string, since: Date): ListJob => ({
  kind: 'push',
  jobId,
  isBegun: true,
  passCount: 1,
  pass: 0,
  chunk: 0,
  since,
});

/** A job that is tried again later. */
const RETRY_MS = 30_000;
export const waitingJob = (job: ListJob, waitingFor: string, now: Date): ListJob => ({
  ...job,
  waitingFor,
  notBefore: new Date(now.getTime() + RETRY_MS),
});

/** The job behind one more chunk; null when that was the last of the last pass. */
export function jobAfterChunk(job: ListJob, chunkCount: number): ListJob | null {
  if (job.chunk + 1 < chunkCount) return { ...job, chunk: job.chunk + 1 };
  return job.pass + 1 < job.passCount ? { ...job, pass: job.pass + 1, chunk: 0 } : null;
}

/** Chunks done and to do, over all passes. */
export const jobProgress = (job: ListJob, chunkCount: number): { doneCount: number; totalCount: number } => ({
  doneCount: job.pass * chunkCount + job.chunk,
  totalCount: job.passCount * chunkCount,
});

/** When the untouched of a list are looked for next; null when its plan recalls nobody. */
export const nextAdjustment = (recallAfterDays: number, now: Date): Date | null =>
  recallAfterDays > 0 ? new Date(now.getTime() + PERIOD_DAYS * DAY_MS) : null;
