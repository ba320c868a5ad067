import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireUse } from '../../actor-scope';
import type { Action } from '../../domain/action';
import { ActionRepository } from '../../repositories/action.repository';

@Injectable()
export class GetActionUseCase {
  constructor(private readonly actions: ActionRepository) {}

  /** @throws ACTION_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, actionId: string): Promise<Action> {
    const action = await this.actions.find(actionId);
    if (action === null) throw notFound('ACTION_NOT_FOUND', 'There is no such action.', { actionId });
    requireUse(actor, action.orgPath);
    return action;
  }
}
