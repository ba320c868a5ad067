import {
  ArbitrationServiceService,
  type ServiceContact,
  type ServiceContactAnswer,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { DomainError } from '@tidegate/errors';
import { fakePeer } from '@tidegate/testing';

/** Arbitration as far as delivery asks it: which decisions were retracted, which are quiet, by id, and which reminders may go out. */
export class PlayedArbitration {
  readonly retractions = new Map<string, string>();
  /** Decisions whose channel is quiet, with when it opens; undefined for those that are discarded. */
  readonly quiet = new Map<string, Date | undefined>();
  /** What speaks against reminders, by customer. */
  readonly stops = new Map<string, string>();
  /** Until when reminders wait, by customer. */
  readonly waits = new Map<string, Date>();
  /** Reminders that were asked for, and how often. */
  readonly askedContacts = new Map<string, number>();
  /** Reminders that were of no use any more when they were asked for: what was promised them is given back. */
  readonly tooLateContacts = new Set<string>();
  isAway = false;
  askedCount = 0;
  /** Called when it was asked, before it answers. */
  onAsked: (decisionIds: readonly string[]) => Promise<void> = () => Promise.resolve();

  private peer: Awaited<ReturnType<typeof fakePeer>> | undefined;

  static async start(): Promise<PlayedArbitration> {
    const played = new PlayedArbitration();
    played.peer = await fakePeer(ArbitrationServiceService, {
      listRetractions: ({ decisionIds }: { decisionIds: string[] }) => played.answer(decisionIds),
      askServiceContacts: async ({ contacts }: { contacts: ServiceContact[] }) => ({
        answers: contacts.map((contact) => played.judge(contact)),
      }),
    });
    return played;
  }

  get url(): string {
    return this.peer?.url ?? '';
  }

  async stop(): Promise<void> {
    await this.peer?.stop();
  }

  private judge({ contactId, customerId, usefulUntil }: ServiceContact): ServiceContactAnswer {
    this.checkHere();
    if (usefulUntil !== undefined && usefulUntil.getTime() <= 0) {
      this.tooLateContacts.add(contactId);
      return { contactId, reason: 'TOO_LATE', queuedUntil: undefined };
    }
    this.askedContacts.set(contactId, (this.askedContacts.get(contactId) ?? 0) + 1);
    return { contactId, reason: this.stops.get(customerId) ?? '', queuedUntil: this.waits.get(customerId) };
  }

  /** @throws DATABASE_UNAVAILABLE while it is away */
  private checkHere(): void {
    if (this.isAway) throw new DomainError({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE', message: 'away' });
  }

  private async answer(decisionIds: string[]) {
    this.askedCount += 1;
    this.checkHere();
    const retractions = decisionIds.flatMap((decisionId) => {
      const reason = this.retractions.get(decisionId);
      return reason === undefined ? [] : [{ decisionId, reason, retractedAt: undefined }];
    });
    const quietDecisions = decisionIds
      .filter((decisionId) => this.quiet.has(decisionId))
      .map((decisionId) => ({ decisionId, until: this.quiet.get(decisionId) }));
    await this.onAsked(decisionIds);
    return { retractions, quietDecisions, closings: [] };
  }
}
