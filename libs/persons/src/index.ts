export { newLinks, Persons, PROFILES_MAX, type PersonLink } from './person';
