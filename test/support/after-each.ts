/** Runs behind every test of every file: see jest.config.js. */
import { endAllThatIsUnderWay } from './cut-off';

afterEach(endAllThatIsUnderWay);
