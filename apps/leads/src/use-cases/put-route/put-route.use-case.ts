import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { isOfOneLine } from '@tidegate/org-path';
import { queueOfOtherOrg } from '../../domain/queue';
import { checkRoute, routeIdOf, type Route } from '../../domain/route';
import { QueueRepository } from '../../repositories/queue.repository';
import { RouteRepository } from '../../repositories/route.repository';
import type { PutRouteInput } from './put-route.request';

/** Sets the order of precedence of leads; it holds for those made after it. */
@Injectable()
export class PutRouteUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly routes: RouteRepository,
    private readonly queues: QueueRepository,
  ) {}

  /** @throws VALIDATION_FAILED, QUEUE_NOT_FOUND, QUEUE_OF_OTHER_ORG, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, route: input }: PutRouteInput, actor: Actor): Promise<Route> {
    checkRoute(input);
    requireOrgScope(actor, input.orgPath);
    const { strategyId, actionId, queue, orgPath } = input;
    const steps = input.steps.map(({ to, queue: at, waitMinutes }) => ({ to, queue: at, waitMinutes }));
    const route: Route = { routeId: routeIdOf(input), orgPath, strategyId, actionId, queue, steps };
    return this.mongo.once({ scope: 'put-route', requestId, input: route }, async (tx) => {
      const before = (await this.routes.findMany([route.routeId], tx)).get(route.routeId);
      if (before) requireOrgScope(actor, before.orgPath);
      const named = [queue, ...steps.map((step) => step.queue)].filter((id) => id !== '');
      await this.queues.lockLines(tx);
      const known = await this.queues.findMany([...new Set(named)], tx);
      for (const id of named) {
        const found = known.get(id);
        if (!found) throw notFound('QUEUE_NOT_FOUND', 'There is no such queue.', { queue: id });
        // Whose leads they are is whose order it is; another branch's queue is not to be filled from here.
        requireOrgScope(actor, found.orgPath);
        if (!isOfOneLine(orgPath, found.orgPath)) throw queueOfOtherOrg(id);
      }
      await this.routes.save(route, tx);
      return route;
    });
  }
}
