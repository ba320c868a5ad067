import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { settle, type Settled, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { buildDecisions, buildUnknown, type DecisionFrame } from '../domain/build-decision';
import { planOf, type CandidatePlan } from '../domain/candidate-plan';
import type { ScarceBook } from '../domain/scarce-book';
import type { Owner } from '../domain/capacity';
import { windowOf } from '../domain/capacity-window';
import {
  asPerson,
  hasFacts,
  othersOf,
  ownerOf,
  type CustomerState,
  type KnownCustomer,
} from '../domain/customer-state';
import { decide, type DecideOutput } from '../domain/decide';
import type { DecideInput } from '../domain/decide-input';
import type { DecisionRecord } from '../domain/decision';
import { forgetOld } from '../domain/forget';
import { contactRulesOf, retentionDays } from '../domain/contact-policy';
import type { Situation } from '../domain/situation';
import { seededRandom } from '../domain/stable-hash';
import { modelAttributes } from '../domain/rule-subject';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import { QuotaRepository } from '../repositories/quota.repository';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import type { BatchOptions, DecisionCommand } from './decision-command';
import { DecisionTeller } from './decision-teller';
import { ModelRegistry } from './model-registry';
import { PolicyHolder } from './policy-holder';
import { isProfiled, profiledOf } from './profiled-customers';
import { firstOfEach, repeat } from './repeated-commands';
import { Scorer, type ScoredCustomer } from './scorer';

const DAY_MS = 86_400_000;

const log = logger('decisions');

/** A batch on its way: what was read, and what the commands before have changed. */
interface Batch {
  commands: readonly DecisionCommand[];
  situation: Situation;
  customers: Map<string, CustomerState>;
  book: ScarceBook;
  scorer: Scorer;
  changed: Set<string>;
}

/** Which slots of people's time a batch may spend from. */
interface BookOptions extends Pick<BatchOptions, 'capacitySlot' | 'horizonDays' | 'rooms'> {
  /** Whose own slots are wanted. */
  owners?: readonly Owner[];
}

/** What a preview is made on. */
export interface PreviewBasis {
  customer: CustomerState | null;
  situation: Situation;
  book: ScarceBook;
  /** Leaves out candidates and inputs. */
  isBrief: boolean;
}

/** What the rules said of one command; the customer is null for a member of a push of whom nothing is known. */
interface Decided {
  command: DecisionCommand;
  customer: KnownCustomer | null;
  output: DecideOutput | null;
}

/**
 * Decides a batch of commands: one read of the customers and of what is scarce, pure rules in the order of arrival with what came before
 * in view, one write of everything. In a transaction the guard against two replicas is the write conflict on the same documents.
 */
@Injectable()
export class DecisionEngine {
  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly decisions: DecisionRepository,
    private readonly capacities: CapacityRepository,
    private readonly quotas: QuotaRepository,
    private readonly promises: StockPromiseRepository,
    private readonly policies: PolicyHolder,
    private readonly models: ModelRegistry,
    private readonly teller: DecisionTeller,
    private readonly clock: Clock,
  ) {}

  async decideAll(
    commands: readonly DecisionCommand[],
    options: BatchOptions,
    tx: Transaction,
  ): Promise<Settled<DecisionRecord[]>[]> {
    const earlier = options.mayRepeat ? await this.findEarlier(commands, tx) : new Map<string, DecisionRecord[]>();
    const fresh = firstOfEach(commands.filter((command) => !earlier.has(command.decisionIdOf(0))));
    const batch = await this.open(fresh, options, tx);
    const settled = new Map(fresh.map((command) => [command, settle(() => this.decideOne(batch, command))]));
    const decided = [...settled.values()].flatMap((one) => ('value' in one ? [one.value] : []));
    await this.scoreShadows(batch, decided);
    const records = new Map(decided.map((one) => [one.command.decisionIdOf(0), this.build(batch, one)]));
    await this.save(batch, [...records.values()], tx);
    return commands.map((command) => {
      const key = command.decisionIdOf(0);
      const refusal = settled.get(command);
      if (refusal !== undefined && 'error' in refusal) return refusal;
      return settle(() => repeat(command, earlier.get(key) ?? records.get(key)));
    });
  }

  /**
   * What a decision would be on what is given; nothing is written and nothing counted but in `book`.
   * @throws CUSTOMER_UNKNOWN, ORG_OUT_OF_SCOPE
   */
  async preview(command: DecisionCommand, on: PreviewBasis): Promise<DecisionRecord[]> {
    const { customer, situation, book } = on;
    const scorer = new Scorer(this.models, situation.now);
    if (customer !== null && hasFacts(customer) && isProfiled(customer, command)) {
      await scorer.prepareSlots([customer], planOf(command.candidates).modelSlots);
    }
    const customers = new Map(customer === null ? [] : [[command.customerId, customer]]);
    const batch: Batch = { commands: [command], situation, customers, book, scorer, changed: new Set() };
    const decided = this.decideOne(batch, command, on.isBrief);
    if (!on.isBrief) await this.scoreShadows(batch, [decided]);
    return this.build(batch, decided, on.isBrief);
  }

  /** Answers that were given before, by the id of the first decision. */
  private async findEarlier(
    commands: readonly DecisionCommand[],
    tx: Transaction,
  ): Promise<Map<string, DecisionRecord[]>> {
    const firsts = await this.decisions.findMany(
      commands.map((command) => command.decisionIdOf(0)),
      tx,
    );
    if (firsts.size === 0) return new Map();
    const known = commands.filter((command) => firsts.has(command.decisionIdOf(0)));
    const idsOf = (command: DecisionCommand): string[] =>
      Array.from({ length: command.maxActions }, (_, index) => command.decisionIdOf(index));
    const all = await this.decisions.findMany(known.flatMap(idsOf), tx);
    return new Map(
      known.map((command) => [command.decisionIdOf(0), idsOf(command).flatMap((id) => all.get(id) ?? [])]),
    );
  }

  /** What is scarce for any of the candidates, as it stands now. */
  async openBook(
    plans: readonly CandidatePlan[],
    { now, policy: { timeZone } }: Situation,
    { owners, rooms = new Map(), ...slots }: BookOptions,
    tx?: Transaction,
  ): Promise<ScarceBook> {
    const window = windowOf(slots, timeZone, now);
    const queues = new Set(plans.flatMap((plan) => plan.queues));
    const strategyIds = new Set(plans.flatMap((plan) => plan.limitedStrategyIds));
    const quotaIds = plans.flatMap((plan) => plan.quotaIds);
    // One after another: a session runs one operation at a time.
    const quotas = await this.quotas.openBook(quotaIds, { timeZone, now }, tx);
    const promises = await this.promises.openRooms(rooms, now, tx);
    return this.capacities.openBook({ queues, window, owners, strategyIds, quotas, promises }, tx);
  }

  private async open(commands: readonly DecisionCommand[], options: BatchOptions, tx: Transaction): Promise<Batch> {
    const situation = this.policies.situation(this.clock.now());
    const plans = [...new Set(commands.map(({ candidates }) => candidates))].map(planOf);
    const customers = await this.customers.findPersons(
      commands.map(({ customerId }) => customerId),
      tx,
    );
    const owners = [...customers.values()].map(ownerOf);
    const book = await this.openBook(plans, situation, { ...options, owners }, tx);
    const scorer = new Scorer(this.models, situation.now);
    for (const { customerId, scores } of commands) scorer.give(customerId, scores ?? []);
    const slots = [...new Set(plans.flatMap(({ modelSlots }) => modelSlots))];
    if (slots.length > 0) await scorer.prepareSlots(profiledOf(commands, customers), slots);
    return { commands, situation, customers, book, scorer, changed: new Set() };
  }

  private decideOne(batch: Batch, command: DecisionCommand, isBrief = false): Decided {
    command.onTurn?.();
    const customer = batch.customers.get(command.customerId);
    if (customer === undefined || !hasFacts(customer)) {
      if (command.mode !== 'push') throw notFound('CUSTOMER_UNKNOWN', 'Nothing is known of this customer yet.');
      return { command, customer: null, output: null };
    }
    command.authorize?.(customer.facts.orgPath);
    const { situation, book, scorer } = batch;
    const input: DecideInput = {
      customer: asPerson(customer, batch.customers),
      candidates: command.candidates,
      situation,
      book,
      propensityOf: (candidate) => scorer.propensityOf(customer, candidate),
      neutralPropensityOf: (candidate) => scorer.neutralOf(candidate),
      isNonPersonalised: command.isNonPersonalised,
      maxActions: command.maxActions,
      isBrief,
      decisionIdOf: command.decisionIdOf,
      isListed: command.mode === 'push',
      listOrgPath: command.listOrgPath,
      event: command.fact,
      moment: command.moment,
      // A push has its own share, drawn over the whole list.
      randomOf: command.mode === 'push' ? undefined : () => seededRandom(`explore|${command.decisionIdOf(0)}`),
      canQueue: command.mode !== 'pull',
      gate: command.gate,
    };
    const first = decide(input);
    const isSecondTry = first.choices.length === 0 && command.secondGate !== undefined;
    const output = isSecondTry ? decide({ ...input, gate: command.secondGate }) : first;
    // Nobody comes after a brief preview.
    if (output.choices.length > 0 && !isBrief) {
      const contacts = [...customer.contacts, ...output.choices.map(({ contact }) => contact)];
      batch.customers.set(command.customerId, forgetOld({ ...customer, contacts }, situation.policy, situation.now));
      batch.changed.add(command.customerId);
    }
    for (const { result } of output.choices) command.onChosen?.(result.candidate);
    return { command, customer, output };
  }

  /** A shadow never stops a decision: what it cannot say is left out. */
  private async scoreShadows({ scorer }: Batch, decided: readonly Decided[]): Promise<void> {
    const asked = new Map<string, ScoredCustomer[]>();
    for (const { customer, output } of decided) {
      if (customer === null || output === null || output.isNonPersonalised) continue;
      const ranked = output.results.filter(({ priority }) => priority !== null);
      for (const slot of new Set(ranked.map(({ candidate }) => candidate.action.modelSlot))) {
        const customers = asked.get(slot) ?? [];
        customers.push(customer);
        asked.set(slot, customers);
      }
    }
    if (asked.size === 0) return;
    await scorer.scoreShadows(asked).catch((err: unknown) => log.error({ err }, 'a shadow model failed'));
  }

  private build(
    { situation, scorer }: Batch,
    { command, customer, output }: Decided,
    isBrief = false,
  ): DecisionRecord[] {
    const frame: DecisionFrame = {
      customerId: command.customerId,
      mode: command.mode,
      push: command.place ?? null,
      isExploration: command.isExploration ?? false,
      momentId: command.momentId ?? '',
      factAcceptedAt: command.factAcceptedAt ?? null,
      inputHash: command.inputHash,
      candidateListId: command.candidateListId ?? '',
      decidedAt: situation.now,
      policyVersion: situation.policy.version,
      contactRules: contactRulesOf(situation.policy),
      keptUntil: new Date(situation.now.getTime() + retentionDays(situation.policy) * DAY_MS),
    };
    if (customer === null || output === null) return [buildUnknown(frame, command.decisionIdOf(0))];
    const { facts } = customer;
    return buildDecisions({
      frame,
      customer,
      situation,
      output,
      isBrief,
      decisionIdOfNone: command.decisionIdOf(0),
      fact: command.fact,
      shadowOf: (slot) => scorer.shadowOf(command.customerId, slot),
      useOf: (slot) => scorer.useOf(customer, slot),
      featuresOf: (slot) => this.models.find(slot)?.learner?.featuresOf(modelAttributes(facts)) ?? null,
    });
  }

  private async save(batch: Batch, answers: readonly DecisionRecord[][], tx: Transaction): Promise<void> {
    const changed = [...batch.changed].flatMap((customerId) => batch.customers.get(customerId) ?? []);
    await this.customers.saveMany(changed, 'contacts', tx);
    const beside = changed.flatMap(othersOf).filter((id) => batch.customers.has(id) && !batch.changed.has(id));
    await this.customers.touchMany([...new Set(beside)], tx);
    await this.capacities.closeBook(batch.book, tx);
    await this.quotas.closeBook(batch.book.quotas, tx);
    await this.promises.closeBook(batch.book.promises, tx);
    await this.decisions.addMany(answers.flat(), tx);
    // Of what waits for the end of quiet hours nobody is told yet.
    const told = answers.map((records) => records.filter(({ queuedUntil }) => queuedUntil == null));
    await this.teller.tellFresh(told, tx);
  }
}
