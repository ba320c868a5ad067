export { distanceMetres, type Place } from './distance';
