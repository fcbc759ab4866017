// A package's own style sheet, not our core.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './styles.css';
import './topics.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { chooseClient } from './client/index.ts';
import { start } from './state/start.ts';

const client = await chooseClient();
createRoot(document.getElementById('root')!).render(<App />);
start(client);
