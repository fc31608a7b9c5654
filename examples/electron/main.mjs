// @ts-check
import * as electron from 'electron';
import { startApp } from './app/app.mjs';

// Not awaited: Electron is ready only when this file has run to its end.
startApp(electron, process.argv);
