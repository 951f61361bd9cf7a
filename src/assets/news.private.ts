export { openNews } from '../news/open-news';
