import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/sign_in';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { MoveDefinitionInput, PageInput } from '../definitions/definition.request';
import { SignInProgrammes } from './sign-in-programmes';
import { CreateSignInProgrammeInput } from './use-cases/create-sign-in-programme/create-sign-in-programme.request';
import { GetSignInCalendarInput } from './use-cases/get-sign-in-calendar/get-sign-in-calendar.request';
import { GetSignInCalendarUseCase } from './use-cases/get-sign-in-calendar/get-sign-in-calendar.use-case';
import { MakeUpSignInInput } from './use-cases/make-up-sign-in/make-up-sign-in.request';
import { MakeUpSignInUseCase } from './use-cases/make-up-sign-in/make-up-sign-in.use-case';
import { SignInInput } from './use-cases/sign-in/sign-in.request';
import { SignInUseCase } from './use-cases/sign-in/sign-in.use-case';

/** Every gRPC inlet of sign-in: validate, call, map. */
@GrpcController(rpc.SignInServiceService)
export class SignInController implements Handlers<typeof rpc.SignInServiceService> {
  constructor(
    private readonly programmes: SignInProgrammes,
    private readonly signInUseCase: SignInUseCase,
    private readonly makeUpSignInUseCase: MakeUpSignInUseCase,
    private readonly getSignInCalendarUseCase: GetSignInCalendarUseCase,
  ) {}

  async createSignInProgramme(
    request: rpc.CreateSignInProgrammeRequest,
    metadata: Metadata,
  ): Promise<rpc.CreateSignInProgrammeResponse> {
    const { requestId, programme } = validated(CreateSignInProgrammeInput, request);
    return { programme: await this.programmes.create(actorOf(metadata), requestId, programme) };
  }

  async moveSignInProgramme(
    request: rpc.MoveSignInProgrammeRequest,
    metadata: Metadata,
  ): Promise<rpc.MoveSignInProgrammeResponse> {
    return { programme: await this.programmes.move(actorOf(metadata), validated(MoveDefinitionInput, request)) };
  }

  async listSignInProgrammes(
    request: rpc.ListSignInProgrammesRequest,
    metadata: Metadata,
  ): Promise<rpc.ListSignInProgrammesResponse> {
    const { items, nextPageToken } = await this.programmes.list(actorOf(metadata), validated(PageInput, request));
    return { programmes: items, nextPageToken };
  }

  async signIn(request: rpc.SignInRequest, metadata: Metadata): Promise<rpc.SignInResponse> {
    const input = validated(SignInInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.signInUseCase.execute(input);
  }

  async makeUpSignIn(request: rpc.MakeUpSignInRequest, metadata: Metadata): Promise<rpc.MakeUpSignInResponse> {
    const input = validated(MakeUpSignInInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.makeUpSignInUseCase.execute(input);
  }

  async getSignInCalendar(
    request: rpc.GetSignInCalendarRequest,
    metadata: Metadata,
  ): Promise<rpc.GetSignInCalendarResponse> {
    const input = validated(GetSignInCalendarInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.getSignInCalendarUseCase.execute(input);
  }
}
