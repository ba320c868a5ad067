import { DomainError } from '@tidegate/errors';
import type { Peers } from '../../peers/peers';

const FORBIDDEN = 'COPY_FORBIDDEN_PROMISE';

/**
 * Customers read a stock's name in the wallet and in messages, so it promises nothing that is forbidden 禁止性承诺. Risk words 风险提示 are
 * not asked of it: they stand where the offer is made.
 * @throws COPY_FORBIDDEN_PROMISE with a violation for each promise
 */
export async function requireLawfulName({ strategyDesk }: Peers, name: string): Promise<void> {
  const { findings } = await strategyDesk.checkCopy({ texts: [{ field: 'name', text: name }], group: '' });
  const promises = findings.filter(({ code }) => code === FORBIDDEN);
  if (promises.length === 0) return;
  throw new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: FORBIDDEN,
    message: 'The name promises what must not be promised.',
    violations: promises.map(({ field, advice, source }) => ({ field, description: `${advice} (${source})` })),
  });
}
