export { turnByDate } from '../core/rotation';
