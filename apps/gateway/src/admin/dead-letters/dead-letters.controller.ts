import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DeadLetters, MessageBus } from '@tidegate/messaging';
import type { Actor } from '@tidegate/observability';
import { Access, Caller } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { requireHeadOffice } from '../../access/check-access';
import { faulty } from '../../http/http-errors';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { DeadLettersQuery } from './dead-letters.request';
import { DeadLetterPage, ReplayAnswer, toView } from './dead-letters.response';

const PAGE_DEFAULT = 50;
const REASONS = ['DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_UNREADABLE', 'HEAD_OFFICE_ONLY'];

@ApiTags('Dead letters')
@Controller('admin/v1/dead-letters')
export class AdminDeadLettersController {
  private readonly deadLetters: DeadLetters;

  constructor(bus: MessageBus) {
    this.deadLetters = new DeadLetters(bus);
  }

  @Get()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Messages that no consumer could handle, newest first.',
    answer: DeadLetterPage,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  async list(@Query() query: DeadLettersQuery, @Caller() actor: Actor): Promise<DeadLetterPage> {
    requireHeadOffice(actor);
    const { limit = PAGE_DEFAULT, before } = query;
    const letters = await this.deadLetters.list({ limit, before });
    const nextBefore = letters.length === limit ? (letters.at(-1)?.id ?? 0) : 0;
    return { deadLetters: letters.map((letter) => toView(letter, mayRead(actor))), nextBefore };
  }

  @Post(':id/replay')
  @Access(ADMIN)
  @Endpoint({ summary: 'Sends a message to its consumer again.', answer: ReplayAnswer, reasons: REASONS })
  async replay(@Param('id') id: string, @Body() _body: NoInput, @Caller() actor: Actor): Promise<ReplayAnswer> {
    requireHeadOffice(actor);
    if (!/^[1-9]\d{0,14}$/.test(id)) throw faulty('id', 'must be the number of a dead letter');
    return { deadLetter: toView(await this.deadLetters.replay(Number(id)), mayRead(actor)) };
  }
}

const mayRead = ({ roles }: Actor): boolean => roles.includes('pii_reader');
