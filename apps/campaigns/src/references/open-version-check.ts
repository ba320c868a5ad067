import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { hashInput } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { Finding } from '../domain/finding';
import type { Script } from '../domain/script';
import type { Segment } from '../domain/segment';
import type { Strategy, StrategyVersion } from '../domain/strategy';
import { findStrategyFaults } from '../domain/strategy-findings';
import { compileStrategy, type CompiledStrategy } from '../domain/strategy-snapshot';
import { StrategyRepository } from '../repositories/strategy.repository';
import { StrategyReferences } from './strategy-references';

/** What a check of the open version found. */
export interface CheckedContent {
  findings: Finding[];
  /** Undefined where there are findings. */
  compiled: CompiledStrategy | undefined;
  /** Of what is compiled; empty where there are findings. */
  contentHash: string;
  /** The versions that are spoken. */
  scripts: Script[];
  /** All that are named, through others too. */
  segments: Segment[];
}

/** A check for a write that follows. */
export interface CheckedVersion {
  /** Nothing when no version is open any more, so that the move itself is refused. @throws VERSION_CONFLICT when another is open by now */
  of(strategy: Strategy): CheckedContent;
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
    const content = found?.open ? await this.checkVersion(found.open, found.orgPath) : NOTHING;
    return {
      of: (strategy) => {
        if (strategy.open === null) return NOTHING;
        if (strategy.open.version !== found?.open?.version) throw versionConflict();
        return content;
      },
    };
  }

  private async checkVersion(version: StrategyVersion, orgPath: string): Promise<CheckedContent> {
    const parts = await this.references.load(version, orgPath);
    const named = { scripts: [...parts.scriptTexts.values()], segments: [...parts.segments.values()] };
    const findings = findStrategyFaults(version, orgPath, parts, this.clock.now());
    if (findings.length > 0) return { findings, compiled: undefined, contentHash: '', ...named };
    const compiled = compileStrategy(version, parts);
    return { findings, compiled, contentHash: hashInput({ version: version.version, compiled }), ...named };
  }
}

const NOTHING: CheckedContent = { findings: [], compiled: undefined, contentHash: '', scripts: [], segments: [] };

const versionConflict = (): DomainError =>
  new DomainError({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
    message: 'The strategy was changed by somebody else at the same time.',
  });
