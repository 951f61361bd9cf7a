export { posterTo } from '../slack';
