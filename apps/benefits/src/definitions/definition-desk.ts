import { invalid, notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { decodeTimeToken, encodePageToken, type Mongo, newId, pageSize, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Clock } from '@tidegate/service';
import { CountRepository } from '../repositories/count.repository';
import { StockRepository } from '../repositories/stock.repository';
import type { DefinitionInput, MoveDefinitionInput, PageInput } from './definition.request';
import {
  DEFINITIONS_IN_FORCE_MAX,
  definitionExists,
  holdsAt,
  moveDefinition,
  requireRoom,
  withoutStaff,
  type Defined,
} from './domain/definition';
import { DefinitionRepository } from './repositories/definition.repository';
import { rewardedStockIds } from './rewarded-stocks';

const FRESH_MS = 1_000;

/** Makes, approves, retires and shows the definitions of one kind, and holds those in force in memory for the hot paths. */
export class DefinitionDesk<T> {
  private readonly repository: DefinitionRepository<T>;
  private readonly stocks: StockRepository;
  private readonly counts: CountRepository;
  private held: { active: Promise<Defined<T>[]>; loadedAtMs: number } | undefined;

  constructor(
    private readonly mongo: Mongo,
    private readonly clock: Clock,
    private readonly kind: string,
    /** How long after its end a definition still counts what happened before: some of it is told late. */
    private readonly lateMs = 0,
  ) {
    this.repository = new DefinitionRepository<T>(mongo, kind);
    this.stocks = new StockRepository(mongo);
    this.counts = new CountRepository(mongo);
  }

  /** @throws VALIDATION_FAILED, DEFINITION_EXISTS, STOCK_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  create(actor: Actor, requestId: string, input: { definition: DefinitionInput; terms: T }): Promise<Defined<T>> {
    const { definition, terms } = input;
    requireOrgScope(actor, definition.orgPath);
    if (definition.validTo <= definition.validFrom) {
      throw invalid([{ field: 'definition.validTo', description: 'must be after validFrom' }]);
    }
    return this.mongo.once({ scope: `create-${this.kind}`, requestId, input }, async (tx) => {
      const { definitionId, name, orgPath, validFrom, validTo } = definition;
      const id = definitionId || newId();
      if (await this.repository.find(id, tx)) throw definitionExists();
      await this.requireOwnStocks(actor, terms, tx);
      const made: Defined<T> = {
        definition: {
          definitionId: id,
          name,
          orgPath,
          validFrom,
          validTo,
          state: 'draft',
          makerId: actor.id,
          checkerId: '',
          createdAt: this.clock.now(),
        },
        // Plain data: what the database and the log of requests keep.
        terms: structuredClone({ ...terms }),
      };
      await this.repository.add(made, tx);
      return made;
    });
  }

  /**
   * @throws DEFINITION_NOT_FOUND, DEFINITION_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER, DEFINITIONS_TOO_MANY, ORG_OUT_OF_SCOPE,
   * REQUEST_ID_REUSED
   */
  async move(actor: Actor, { requestId, definitionId, move }: MoveDefinitionInput): Promise<Defined<T>> {
    const input = { definitionId, move, by: actor.id };
    const moved = await this.mongo.once({ scope: `move-${this.kind}`, requestId, input }, async (tx) => {
      const found = await this.repository.find(definitionId, tx);
      if (!found) throw definitionNotFound();
      requireOrgScope(actor, found.definition.orgPath);
      const next = { ...found, definition: moveDefinition(found.definition, move, actor.id) };
      if (move === 'approve') await this.requireRoom(tx);
      await this.repository.save(next, tx);
      return next;
    });
    this.held = undefined;
    return moved;
  }

  /** Staff see what their organisation and those below made, a customer what holds now. @throws PAGE_TOKEN_INVALID */
  async list(actor: Actor, page: PageInput): Promise<{ items: Defined<T>[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const items = await this.repository.list(limit, {
      ...(actor.kind === 'staff' && { scope: actor.orgPath }),
      ...(actor.kind === 'customer' && { holdsAt: this.clock.now() }),
      ...(token && { after: { createdAt: token.at, definitionId: token.id } }),
    });
    const last = items.length === limit ? items.at(-1)?.definition : undefined;
    const shown = actor.kind === 'customer' ? items.map(withoutStaff) : items;
    return {
      items: shown,
      nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.definitionId]) : '',
    };
  }

  /** @throws DEFINITION_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async get(actor: Actor, definitionId: string): Promise<Defined<T>> {
    const found = await this.repository.find(definitionId);
    if (!found) throw definitionNotFound();
    requireOrgScope(actor, found.definition.orgPath);
    return found;
  }

  /**
   * Only stocks of one's own organisation and those below are given or taken.
   * @throws STOCK_NOT_FOUND, ORG_OUT_OF_SCOPE
   */
  private async requireOwnStocks(actor: Actor, terms: T, tx: Transaction): Promise<void> {
    for (const stockId of rewardedStockIds(terms)) {
      const stock = await this.stocks.find(stockId, tx);
      if (!stock) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.', { stockId });
      requireOrgScope(actor, stock.orgPath);
    }
  }

  /** All that is in force is held in memory. Two approvals at once are a write conflict, so that they are counted one after another. */
  private async requireRoom(tx: Transaction): Promise<void> {
    await this.counts.touch([`definitions|${this.kind}`], tx);
    requireRoom(await this.repository.countEndingAfter(this.heldFrom(), tx));
  }

  private heldFrom(): Date {
    return new Date(this.clock.now().getTime() - this.lateMs);
  }

  /** Whether none is active, as far as memory tells. */
  async isIdle(): Promise<boolean> {
    return (await this.active()).length === 0;
  }

  /** Those that are active and not over for so long that nothing of their time is told any more, from memory; what another replica approved or retired is seen a second later at most. */
  active(): Promise<Defined<T>[]> {
    if (this.held && Date.now() - this.held.loadedAtMs < FRESH_MS) return this.held.active;
    const active = this.repository.listEndingAfter(this.heldFrom(), DEFINITIONS_IN_FORCE_MAX);
    this.held = { active, loadedAtMs: Date.now() };
    active.catch(() => (this.held = undefined));
    return active;
  }

  /** The one of this id, whether it holds or not. */
  find(definitionId: string): Promise<Defined<T> | null> {
    return this.repository.find(definitionId);
  }

  /** The one of this id when it holds now. */
  async findOpen(definitionId: string): Promise<Defined<T> | undefined> {
    const found = (await this.active()).find(({ definition }) => definition.definitionId === definitionId);
    return found && holdsAt(found.definition, this.clock.now()) ? found : undefined;
  }
}

const definitionNotFound = () => notFound('DEFINITION_NOT_FOUND', 'There is no such definition.');
