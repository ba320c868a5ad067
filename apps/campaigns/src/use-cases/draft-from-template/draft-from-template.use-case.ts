import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import { hashInput, Mongo, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ownerOf } from '../../actor-scope';
import { writeAction, type Action } from '../../domain/action';
import { writeScript, type Script } from '../../domain/script';
import { draftStrategy, type Strategy } from '../../domain/strategy';
import { draftTemplate } from '../../domain/templates/draft-template';
import type { StrategyTemplate, TemplateDraft } from '../../domain/templates/template';
import { templateOf } from '../../domain/templates/templates';
import { peoplesChannels, workedOn } from '../../domain/templates/worked-template';
import { CUSTOMERS_CLIENT, type CustomersClient } from '../../peers/peers';
import { Segments } from '../../peers/segments';
import { StrategyNeighbours } from '../../peers/strategy-neighbours';
import { ActionRepository } from '../../repositories/action.repository';
import { ScriptRepository } from '../../repositories/script.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { DraftFromTemplateInput } from './draft-from-template.request';

export interface DraftedTemplate {
  strategy: Strategy;
  actions: Action[];
  scripts: Script[];
  segmentId: string;
}

/** Makes a working draft of a template in one call: segment, scripts, actions and strategy. */
@Injectable()
export class DraftFromTemplateUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly actions: ActionRepository,
    private readonly scripts: ScriptRepository,
    private readonly segments: Segments,
    private readonly neighbours: StrategyNeighbours,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient,
    private readonly clock: Clock,
  ) {}

  /** @throws TEMPLATE_NOT_FOUND, VALIDATION_FAILED, STRATEGY_EXISTS, ORG_OUT_OF_SCOPE, DUTY_NOT_HELD */
  async execute(actor: Actor, { requestId, ...input }: DraftFromTemplateInput): Promise<DraftedTemplate> {
    const whole = templateOf(input.templateId);
    const orgPath = ownerOf(actor, input.orgPath, 'orgPath');
    if (peoplesChannels(whole).size > 0 && input.queue === '') {
      throw invalid([{ field: 'queue', description: 'the template has people speak: name the queue that works it' }]);
    }
    const template = await this.asWorked(whole, input.queue);
    // The same request makes the same id, so that a repeat finds what the first try left.
    const strategyId = input.strategyId || derivedId(input.templateId, actor.id, requestId);
    const { startsAt = null, endsAt = null } = input;
    const currency = input.currency || 'CNY';
    const draft = draftTemplate(template, { ...input, strategyId, orgPath, startsAt, endsAt, currency });
    const scripts = draft.scripts.map((script) => writeScript(null, script, actor.id));
    const actions = draft.actions.map((action) => writeAction(null, action, 0, actor.id));
    // Before the write, because it is another service's; it is repeated under the same id when the write did not follow.
    if ((await this.strategies.find(strategyId)) === null) {
      await this.requireNew(scripts, actions);
      await this.putSegment(draft, orgPath, requestId);
    }
    const step = { actorId: actor.id, now: this.clock.now() };
    return this.mongo.once(
      { scope: 'draft-from-template', requestId, input: { ...input, by: actor.id } },
      async (tx) => {
        if (await this.strategies.find(strategyId, tx)) throw exists(strategyId);
        await this.requireNew(scripts, actions, tx);
        for (const script of scripts) await this.scripts.add(script, tx);
        for (const action of actions) await this.actions.save(action, true, tx);
        const strategy = draftStrategy({ strategyId, orgPath }, draft.content, step);
        await this.strategies.add(strategy, tx);
        return { strategy, actions, scripts, segmentId: draft.segment?.segmentId ?? '' };
      },
    );
  }

  /** Of people on several channels those of the queue that the maker names; of all, where there is no such queue: that is a finding. */
  private async asWorked(template: StrategyTemplate, queue: string): Promise<StrategyTemplate> {
    if (peoplesChannels(template).size < 2) return template;
    const found = (await this.neighbours.findQueues([queue])).get(queue);
    return found === undefined ? template : workedOn(template, found.channel);
  }

  /** One that is there is either what an earlier try left, or somebody's own. @throws STRATEGY_EXISTS */
  private async putSegment({ segment }: TemplateDraft, orgPath: string, requestId: string): Promise<void> {
    if (segment === null) return;
    const { segmentId, name, rule } = segment;
    const known = await this.segments.find(segmentId);
    if (known !== undefined) {
      const isOurs = known.orgPath === orgPath && hashInput(known.rule) === hashInput(rule);
      if (!isOurs) throw exists(segmentId);
      return;
    }
    const derived = `template:${requestId}`.slice(0, 128);
    const put = { segmentId, name, rule: { ...rule }, orgPath, version: 0, updatedAt: undefined, authors: [] };
    try {
      await this.customers.putSegment({ requestId: derived, segment: put, isNew: true });
    } catch (error) {
      // Somebody has made it since it was looked for.
      if (error instanceof DomainError && error.reason === 'SEGMENT_EXISTS') throw exists(segmentId);
      throw error;
    }
  }

  /** A template never writes over what somebody made by hand. @throws STRATEGY_EXISTS */
  private async requireNew(scripts: readonly Script[], actions: readonly Action[], tx?: Transaction): Promise<void> {
    const heads = await this.scripts.findHeads(
      scripts.map(({ scriptId }) => scriptId),
      tx,
    );
    const known = await this.actions.findMany(
      actions.map(({ actionId }) => actionId),
      tx,
    );
    const [taken] = [...heads.keys(), ...known.keys()];
    if (taken !== undefined) throw exists(taken);
  }
}

const derivedId = (...parts: string[]): string =>
  `${parts[0]}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)}`;

const exists = (id: string): DomainError =>
  new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'STRATEGY_EXISTS',
    message: 'There is a strategy, a segment, an action or a script of this id.',
    metadata: { id },
  });
