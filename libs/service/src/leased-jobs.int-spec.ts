import { randomBytes } from 'node:crypto';
import { DomainError, refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { Schema } from 'mongoose';
import { LeasedJobs, NO_LEASE, type JobHold, type JobLease, type LeasedJobStore } from './leased-jobs';
import { PeriodicTasks } from './periodic-tasks';

// Goal: of several replicas one works a job; when it dies or stops another takes over, and the job ends once, as whoever held it last says.

interface Job {
  jobId: string;
  state: 'running' | 'completed' | 'failed' | 'cancelled';
  steps: string[];
  failureReason: string;
}
type JobDocument = Omit<Job, 'jobId'> & JobLease & { _id: string };
const schema = new Schema<JobDocument>(
  { _id: String, state: String, steps: [String], failureReason: String, leaseOwner: String, leaseUntil: Date },
  { versionKey: false },
);

const PATIENT = { timeoutMs: 60_000 };
/** A lease runs out when a test says so. */
const PACE = { pollMs: 50, leaseMs: 600_000, renewMs: 0, failuresMax: 3, patienceMs: 0 };

let mongo: Mongo;
let sequence = 0;
const jobs = () => mongo.model<JobDocument>('Job', schema);
const stored = (jobId: string) => jobs().findById(jobId).lean<JobDocument>();
const ended = (jobId: string) =>
  eventually(async () => {
    const job = await stored(jobId);
    if (!job || job.state === 'running') throw new Error(`${jobId} is running`);
    return job;
  }, PATIENT);

/** One job's store: tests do not work each other's. */
const storeOf = (jobId: string): LeasedJobStore<Job> => ({
  listRunning: async () => ((await stored(jobId))?.state === 'running' ? [jobId] : []),
  findLeased: async (_id, { session }) => {
    const found = await jobs().findById(jobId, null, { session }).lean<JobDocument>();
    if (!found) return null;
    const { leaseOwner, leaseUntil, state, steps, failureReason } = found;
    return { job: { jobId, state, steps, failureReason }, lease: { leaseOwner, leaseUntil } };
  },
  save: async ({ jobId: id, ...fields }, { session }, lease) => {
    await jobs().updateOne({ _id: id }, { $set: { ...fields, ...lease } }, { session });
  },
});

const running: { jobs: LeasedJobs<Job>; tasks: PeriodicTasks }[] = [];
type Work = (job: Job, hold: JobHold<Job>) => Promise<void>;

async function newJob(): Promise<string> {
  const jobId = `job-${(sequence += 1)}`;
  await jobs().create({ _id: jobId, state: 'running', steps: [], failureReason: '', ...NO_LEASE });
  return jobId;
}

function replica(jobId: string, work: Work, pace: Partial<typeof PACE> = {}): LeasedJobs<Job> {
  const tasks = new PeriodicTasks();
  const failed = (job: Job, failureReason: string): Job => ({ ...job, state: 'failed', failureReason });
  const leased = new LeasedJobs<Job>({
    name: 'jobs',
    mongo,
    tasks,
    store: storeOf(jobId),
    work,
    failed,
    ...PACE,
    ...pace,
  });
  running.push({ jobs: leased, tasks });
  leased.start();
  return leased;
}

const step =
  (name: string) =>
  (job: Job): Job => ({ ...job, steps: [...job.steps, name] });
const finish =
  (name: string) =>
  (job: Job): Job => ({ ...step(name)(job), state: 'completed' });

const letLeaseRunOut = (jobId: string) => jobs().updateOne({ _id: jobId }, { $set: { leaseUntil: new Date() } });

/** Something that happens when it is told to. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

beforeAll(async () => {
  mongo = await Mongo.connect(process.env.MONGODB_URI ?? '', `t${randomBytes(5).toString('hex')}_jobs`);
  jobs();
  await mongo.ready();
});
afterEach(async () => {
  for (const { jobs: leased, tasks } of running.splice(0)) {
    await leased.stop();
    await tasks.stop();
  }
});
afterAll(async () => {
  await mongo?.connection.dropDatabase();
  await mongo?.close();
});

it('is worked by one of three replicas, once', async () => {
  const jobId = await newJob();
  const begun: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    replica(jobId, async (_job, hold) => {
      begun.push(name);
      await hold.change(step(name));
      await hold.change(finish(`${name} ends`));
    });
  }
  const { state, steps } = await ended(jobId);
  expect(state).toBe('completed');
  expect(begun).toHaveLength(1);
  expect(steps).toEqual([begun[0], `${begun[0]} ends`]);
});

it('is taken over from a replica that is never heard of again, and what that one says later is not stored', async () => {
  const jobId = await newJob();
  const [silence, late] = [gate(), gate()];
  const refusals: unknown[] = [];
  const dead = replica(jobId, async (_job, hold) => {
    await hold.change(step('dead'));
    await silence.opened;
    for (const write of [() => hold.keepAlive(step('late')), () => hold.change(finish('late'))]) {
      await write().catch((error: unknown) => refusals.push(error));
    }
    late.open();
    await hold.change(finish('late'));
  });
  await eventually(async () => expect((await stored(jobId))?.steps).toEqual(['dead']), PATIENT);
  const [taken, end] = [gate(), gate()];
  replica(jobId, async (_job, hold) => {
    taken.open();
    await end.opened;
    await hold.change(finish('heir'));
  });
  await letLeaseRunOut(jobId);
  await taken.opened;
  // Both at work: the one that lost the lease is refused while the job still runs, and does not fail it either.
  silence.open();
  await late.opened;
  expect(refusals).toHaveLength(2);
  expect((await stored(jobId))?.steps).toEqual(['dead']);
  end.open();
  expect(await ended(jobId)).toMatchObject({ state: 'completed', steps: ['dead', 'heir'], failureReason: '' });
  await dead.stop();
  expect(await stored(jobId)).toMatchObject({ state: 'completed', steps: ['dead', 'heir'] });
});

it('is given up at its next step by a replica that stops, and ended by another', async () => {
  const jobId = await newJob();
  let isHeld = false;
  const stopped = replica(jobId, async (_job, hold) => {
    isHeld = true;
    for (;;) await hold.keepAlive(step('before the stop'));
  });
  await eventually(() => expect(isHeld).toBe(true), PATIENT);
  await stopped.stop();
  const before = (await stored(jobId))!;
  expect(before.state).toBe('running');
  await letLeaseRunOut(jobId);
  replica(jobId, async (job, hold) => {
    expect(job.steps).toEqual(before.steps);
    await hold.change(finish('heir'));
  });
  expect(await ended(jobId)).toMatchObject({ state: 'completed', steps: [...before.steps, 'heir'] });
});

it('lets the replica do other things each time it says that it is alive, also when nothing is stored', async () => {
  const jobId = await newJob();
  const turns: boolean[] = [];
  const work: Work = async (_job, hold) => {
    for (let at = 0; at < 3; at += 1) {
      setImmediate(() => (turns[at] = true));
      await hold.keepAlive(step('alive'));
      turns[at] ??= false;
    }
    await hold.change(finish('end'));
  };
  replica(jobId, work, { renewMs: 600_000 });
  expect(await ended(jobId)).toMatchObject({ state: 'completed', steps: ['end'] });
  expect(turns).toEqual([true, true, true]);
});

it('is left alone once it is cancelled', async () => {
  const jobId = await newJob();
  const [begun, go] = [gate(), gate()];
  const leased = replica(jobId, async (_job, hold) => {
    begun.open();
    await go.opened;
    await hold.change(finish('too late'));
  });
  await begun.opened;
  await jobs().updateOne({ _id: jobId }, { $set: { state: 'cancelled' } });
  go.open();
  await leased.stop();
  expect(await stored(jobId)).toMatchObject({ state: 'cancelled', steps: [], failureReason: '' });
});

describe('a job that fails', () => {
  it('is tried again as long as it may pass, and no more often than the limit', async () => {
    const [passing, lasting] = [await newJob(), await newJob()];
    const tries = { passing: 0, lasting: 0 };
    const away = new DomainError({ code: 'UNAVAILABLE', reason: 'PEER_AWAY', message: 'Away.' });
    replica(passing, async (_job, hold) => {
      if ((tries.passing += 1) < PACE.failuresMax) throw away;
      await hold.change(finish('at last'));
    });
    replica(lasting, async () => {
      tries.lasting += 1;
      throw away;
    });
    expect(await ended(passing)).toMatchObject({ state: 'completed', steps: ['at last'] });
    expect(await ended(lasting)).toMatchObject({ state: 'failed', failureReason: 'PEER_AWAY' });
    expect(tries).toEqual({ passing: PACE.failuresMax, lasting: PACE.failuresMax });
  });

  it('is not given up while a dead replica may still hold what it needs, however often it was tried', async () => {
    const jobId = await newJob();
    let tries = 0;
    const work: Work = async (_job, hold) => {
      if ((tries += 1) <= 2 * PACE.failuresMax) {
        throw new DomainError({ code: 'ABORTED', reason: 'WRITE_CONFLICT', message: 'Taken.' });
      }
      await hold.change(finish('at last'));
    };
    replica(jobId, work, { patienceMs: 600_000 });
    expect(await ended(jobId)).toMatchObject({ state: 'completed', steps: ['at last'] });
  });

  it('is not given up for failures that it got on between, and is when it only says that it is alive', async () => {
    const [busy, idle] = [await newJob(), await newJob()];
    const steps = ['one', 'two', 'three', 'four', 'five'];
    const away = new DomainError({ code: 'UNAVAILABLE', reason: 'PEER_AWAY', message: 'Away.' });
    replica(busy, async (job, hold) => {
      const name = steps[job.steps.length];
      if (name === undefined) return void (await hold.change(finish('end')));
      await hold.change(step(name));
      throw away;
    });
    replica(idle, async (_job, hold) => {
      await hold.keepAlive(step('alive'));
      await hold.change((job) => job);
      throw away;
    });
    expect(await ended(busy)).toMatchObject({ state: 'completed', steps: [...steps, 'end'] });
    expect(await ended(idle)).toMatchObject({ state: 'failed', failureReason: 'PEER_AWAY' });
  });

  it('ends at once when it can never be done', async () => {
    const jobId = await newJob();
    let tries = 0;
    replica(jobId, async () => {
      tries += 1;
      throw refused('TOO_LARGE', 'Too large.');
    });
    expect(await ended(jobId)).toMatchObject({ state: 'failed', failureReason: 'TOO_LARGE' });
    expect(tries).toBe(1);
  });
});
