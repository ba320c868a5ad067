import { GroupCommitter, type GroupCommitterOptions } from './group-committer';
import type { Mongo } from './mongo';
import { RequestBook } from './request-book';
import type { RequestKey } from './request-log';
import type { Transaction } from './transaction';

/** What one group commit has read. */
export interface CommandBatch<C, R> {
  /** Answers the next command on what those before it left. One that is refused must have changed nothing. */
  decide(command: C): R;
  /** Writes what the commands changed, and emits the events of it. */
  save(): Promise<void>;
}

export interface OnceCommitterOptions<C, R> extends Omit<GroupCommitterOptions<C, R>, 'commit'> {
  /** Under what the answer is remembered; a command without one is never a repeat. */
  keyOf: (command: C) => RequestKey | undefined;
  /** Reads what the commands need; as `commit` it may run again. */
  open: (commands: C[], tx: Transaction) => Promise<CommandBatch<C, R>>;
}

/** A group commit whose answers are remembered, as `Mongo.once` does for a lone command: the same request id again gives the first result. */
export class OnceCommitter<C, R> extends GroupCommitter<C, R> {
  constructor(mongo: Mongo, { keyOf, open, ...options }: OnceCommitterOptions<C, R>) {
    super(mongo, {
      ...options,
      commit: async (commands, tx) => {
        const requests = await RequestBook.open<R>(commands.map(keyOf), mongo, tx);
        const batch = await open(commands, tx);
        const settled = commands.map((command, index) => requests.answer(index, () => batch.decide(command)));
        await batch.save();
        await requests.save(mongo, tx);
        return settled;
      },
    });
  }
}
