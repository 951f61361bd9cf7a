export { turnByDate } from '../dial-list/rotation';
