export { mackerelApiOf } from '../mackerel/api';
