export { newsroom } from '../news/open-news';
