import { DomainError } from '@tidegate/errors';
import { requestIdReused } from '@tidegate/mongo';
import type { DecisionRecord } from '../domain/decision';
import type { DecisionCommand } from './decision-command';

/** Of commands with the same id, the first; the others get its answer. */
export const firstOfEach = (commands: readonly DecisionCommand[]): DecisionCommand[] =>
  [...new Map([...commands].reverse().map((command) => [command.decisionIdOf(0), command])).values()].reverse();

/** The answer that a command has. @throws REQUEST_ID_REUSED when the answer was given to other content. */
export function repeat(command: DecisionCommand, records: DecisionRecord[] | undefined): DecisionRecord[] {
  const [first] = records ?? [];
  if (records === undefined || first === undefined) {
    throw new DomainError({ code: 'INTERNAL', reason: 'NOT_DECIDED', message: 'A command was left undecided.' });
  }
  if (first.inputHash !== command.inputHash) throw requestIdReused(command.requestId ?? '');
  command.authorize?.(first.orgPath);
  return records;
}
