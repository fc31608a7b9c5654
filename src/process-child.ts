// What createInitiatorProcess starts.
import { serveInitiatorProcess } from './process/serve.js';

serveInitiatorProcess();
