export { FollowPersonsUseCase } from './follow-persons.use-case';
export { PersonLinkRepository, withLink } from './person-link.repository';
