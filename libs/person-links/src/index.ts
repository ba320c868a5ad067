export { FollowPersonsUseCase } from './follow-persons.use-case';
export { PersonLinkRepository } from './person-link.repository';
