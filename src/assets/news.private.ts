export { newsroom } from '../page/newsroom';
