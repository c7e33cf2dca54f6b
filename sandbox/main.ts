import { readSettings } from './read-settings.ts';
import { startSandbox, type RunningSandbox } from './start-sandbox.ts';

async function start(): Promise<RunningSandbox | undefined> {
  try {
    return await startSandbox(readSettings(process.env));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
    return undefined;
  }
}

const sandbox = await start();
if (sandbox !== undefined) {
  const end = (): void => {
    void sandbox.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  console.log(`sandbox ready ${sandbox.urls.control}`);
}
