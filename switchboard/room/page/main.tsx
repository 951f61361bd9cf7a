import { render } from 'preact';
import { App } from './app';
import { connect } from './store';

const place = document.getElementById('room');
if (place) render(<App />, place);
connect();
