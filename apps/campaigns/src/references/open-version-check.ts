import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import type { Finding } from '../domain/finding';
import type { Strategy } from '../domain/strategy';
import { findStrategyFaults } from '../domain/strategy-findings';
import { compileStrategy, type CompiledStrategy } from '../domain/strategy-snapshot';
import { StrategyRepository } from '../repositories/strategy.repository';
import { StrategyReferences } from './strategy-references';

/** What a check of the open version found, for a write that follows. */
export interface CheckedVersion {
  /** @throws VERSION_CONFLICT when another version is open by now */
  findingsOf(strategy: Strategy): Finding[];
  /** Undefined where there are findings. @throws VERSION_CONFLICT */
  compiledOf(strategy: Strategy): CompiledStrategy | undefined;
}

/**
 * Checks and compiles a strategy's open version before the write that needs it: it asks other services, which a transaction must
 * not wait for. The version's content never changes, so the result holds as long as the version is the open one.
 */
@Injectable()
export class OpenVersionCheck {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly references: StrategyReferences,
    private readonly clock: Clock,
  ) {}

  async run(strategyId: string): Promise<CheckedVersion> {
    const found = await this.strategies.find(strategyId);
    const version = found?.open ?? null;
    if (found === null || version === null) return { findingsOf: () => [], compiledOf: () => undefined };
    const parts = await this.references.load(version);
    const findings = findStrategyFaults(version, found.orgPath, parts, this.clock.now());
    const compiled = findings.length === 0 ? compileStrategy(version, parts) : undefined;
    const requireSame = (strategy: Strategy): void => {
      if (strategy.open?.version !== version.version) throw versionConflict();
    };
    return {
      findingsOf: (strategy) => {
        requireSame(strategy);
        return findings;
      },
      compiledOf: (strategy) => {
        requireSame(strategy);
        return compiled;
      },
    };
  }
}

const versionConflict = (): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message: 'The strategy was changed by somebody else at the same time.',
  });
