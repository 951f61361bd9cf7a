export { slackOf } from '../slack';
