import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Route } from '../../domain/route';
import { RouteRepository } from '../../repositories/route.repository';
import type { ListRoutesInput } from './list-routes.request';

/** Orders of precedence of the actor's organisation and below, in id order. */
@Injectable()
export class ListRoutesUseCase {
  constructor(private readonly routes: RouteRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(actor: Actor, page: ListRoutesInput): Promise<{ routes: Route[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(page.pageToken)?.[0];
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const routes = await this.routes.list(limit, { scope, after });
    const last = routes.length === limit ? routes.at(-1) : undefined;
    return { routes, nextPageToken: last ? encodePageToken([last.routeId]) : '' };
  }
}
