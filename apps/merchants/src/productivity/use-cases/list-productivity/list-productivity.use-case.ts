import { Inject, Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { calendarDateOf } from '../../../domain/local-time';
import { requireStaffOf } from '../../../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import { rank, tableOf, type RankedRow } from '../../domain/league-table';
import type { RankedUnit, RowKind } from '../../domain/productivity';
import { CircleRepository } from '../../repositories/circle.repository';
import { ProductivityRepository } from '../../repositories/productivity.repository';
import type { ListProductivityInput } from '../../productivity.request';

/** Units of one table at most. */
export const TABLE_UNITS_MAX = 20_000;

/** The league table of all outlets or circles in a month, best first; staff see their own organisation and below. */
@Injectable()
export class ListProductivityUseCase {
  constructor(
    private readonly units: OrgUnitRepository,
    private readonly circles: CircleRepository,
    private readonly productivity: ProductivityRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(
    input: ListProductivityInput,
    actor: Actor,
  ): Promise<{ month: string; rows: RankedRow[]; nextPageToken: string; isCut: boolean }> {
    requireStaffOf(actor, actor.orgPath);
    const month = input.month || calendarDateOf(this.clock.now(), this.config.timeZone).slice(0, 7);
    const scope = actor.kind === 'staff' ? actor.orgPath : '';
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [start = 0] = decodeNumberToken(input.pageToken) ?? [];
    const found = await this.unitsOf(input.kind, scope);
    const units = found.slice(0, TABLE_UNITS_MAX);
    const { counts, totals } = await this.productivity.list(units, month);
    const ranked = rank(tableOf(units, counts, totals, month), input.orderBy || 'redemptions');
    const rows = ranked.slice(start, start + limit);
    const end = start + rows.length;
    const nextPageToken = end < ranked.length ? encodePageToken([String(end)]) : '';
    return { month, rows, nextPageToken, isCut: found.length > units.length };
  }

  /** What the table is of, as it stands now, by key; one more than it may be tells that there are more. */
  private async unitsOf(kind: RowKind, scope: string): Promise<RankedUnit[]> {
    if (kind === 'circle') {
      const circles = await this.circles.list(scope, TABLE_UNITS_MAX + 1);
      return circles.map(({ circleId, orgPath }) => ({ kind, key: circleId, orgPath }));
    }
    const paths = await this.units.listPaths(kind, scope, TABLE_UNITS_MAX + 1);
    return paths.map((orgPath) => ({ kind, key: orgPath, orgPath }));
  }
}
