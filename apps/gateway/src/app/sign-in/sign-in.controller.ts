import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetSignInCalendarRequest, ListSignInProgrammesRequest } from '@tidegate/contracts/benefits/v1/sign_in';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { CalendarQuery } from '../../requests/calendar.query';
import {
  GetSignInCalendarResponse,
  ListSignInProgrammesResponse,
  MakeUpSignInResponse,
  SignInResponse,
} from '../../responses/benefits/sign-in.response';
import { MakeUpRequest } from './sign-in.request';

@ApiTags('Sign-in')
@Controller('app/v1/sign-in-programmes')
export class AppSignInController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the programmes that hold now.',
    answer: ListSignInProgrammesResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery): Promise<ListSignInProgrammesResponse> {
    return this.peers.signIn.listSignInProgrammes(ListSignInProgrammesRequest.fromPartial(page));
  }

  @Get(':programmeId/calendar')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'One month of the own sign-ins, the streak and the make-up cards.',
    answer: GetSignInCalendarResponse,
    reasons: ['PROGRAMME_NOT_OPEN'],
  })
  calendar(
    @Param('programmeId', IdPipe) programmeId: string,
    @Query() { month }: CalendarQuery,
    @Caller() actor: Actor,
  ): Promise<GetSignInCalendarResponse> {
    const request = GetSignInCalendarRequest.fromPartial({ programmeId, month, customerId: actor.id });
    return this.peers.signIn.getSignInCalendar(request);
  }

  @Post(':programmeId/sign-ins')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Signs in for today 签到.',
    answer: SignInResponse,
    status: 201,
    reasons: ['PROGRAMME_NOT_OPEN', 'SIGNED_IN_ALREADY', 'PERSON_PROFILES_TOO_MANY'],
  })
  signIn(
    @Param('programmeId', IdPipe) programmeId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<SignInResponse> {
    return this.peers.signIn.signIn({ requestId, programmeId, customerId: actor.id });
  }

  @Post(':programmeId/make-ups')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Makes up a missed day 补签 with a card.',
    answer: MakeUpSignInResponse,
    status: 201,
    reasons: ['PROGRAMME_NOT_OPEN', 'DAY_NOT_MISSED', 'DAY_TOO_EARLY', 'NO_MAKE_UP_CARD', 'PERSON_PROFILES_TOO_MANY'],
  })
  makeUp(
    @Param('programmeId', IdPipe) programmeId: string,
    @Body() { day }: MakeUpRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<MakeUpSignInResponse> {
    return this.peers.signIn.makeUpSignIn({ requestId, programmeId, customerId: actor.id, day });
  }
}
