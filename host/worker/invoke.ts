import { randomUUID } from 'node:crypto';
import type { LogLevel } from '../log-line.ts';
import type { AppFunction, AppRegistry } from './app-registry.ts';
import { logEntry } from './log-entry.ts';
import type { CoreInvocationContext, FunctionCallback, InvocationResponse, NamedData, RpcRetryContext, RpcTypedData } from './rpc-types.ts';

/** Inputs of one invocation: the trigger's data first, then the other inputs. */
export type InvocationInput = {
  readonly inputData: readonly NamedData[];
  readonly triggerMetadata?: Readonly<Record<string, RpcTypedData>>;
  /** A new one where absent. */
  readonly invocationId?: string;
  /** Present where the function is run again after it failed. */
  readonly retryContext?: RpcRetryContext | undefined;
};

/** What all hooks of one invocation share. */
type Shared = { readonly hookData: object; readonly appHookData: object; invocationContext: object };
type PreContext = Shared & { inputs: unknown[]; functionCallback: FunctionCallback };
type PostContext = Shared & { inputs: unknown[]; result: unknown; error: unknown };

/**
 * Runs one function through the programming model that the app brought, hooks included, in the order of
 * Azure's worker (azure-functions-nodejs-worker, `src/eventHandlers/InvocationHandler.ts`).
 * What it gave back through output bindings has then been sent. Throws what the handler or a hook threw, and a time-out message once `timeoutMs` (milliseconds) is over.
 */
export async function invoke(app: AppRegistry, fn: AppFunction, input: InvocationInput, timeoutMs?: number): Promise<InvocationResponse> {
  const run = countRunning(app, runInvocation(app, fn, input));
  const response = await (timeoutMs === undefined ? run : withTimeout(run, fn.name, timeoutMs));
  if (app.sendOutputs) await countRunning(app, app.sendOutputs(fn, response));
  return response;
}

// An invocation that took too long still runs, and is counted until it has ended.
async function countRunning<T>(app: AppRegistry, run: Promise<T>): Promise<T> {
  app.running += 1;
  try {
    return await run;
  } finally {
    app.running -= 1;
  }
}

async function runInvocation(app: AppRegistry, fn: AppFunction, input: InvocationInput): Promise<InvocationResponse> {
  if (!app.model) throw new Error('The app has not registered a programming model.');
  const shared: Shared = { hookData: {}, appHookData: app.appHookData, invocationContext: {} };
  const core = coreContext(app, fn, input, shared);
  const model = app.model.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();
  shared.invocationContext = context;
  const pre: PreContext = { ...shared, inputs, functionCallback: fn.callback };
  await runHooks(app, core, 'preInvocation', pre);
  const post: PostContext = { ...shared, inputs: pre.inputs, result: null, error: null };
  core.state = 'invocation';
  try {
    post.result = await model.invokeFunction(context, pre.inputs, pre.functionCallback);
  } catch (error) {
    post.error = error ?? new Error('The function threw an empty value.');
  }
  await runHooks(app, core, 'postInvocation', post);
  // oxlint-disable-next-line typescript/only-throw-error -- what the app threw goes on as it is, an Error or not
  if (post.error) throw post.error;
  return model.getResponse(context, post.result);
}

function coreContext(app: AppRegistry, fn: AppFunction, input: InvocationInput, shared: Shared): CoreInvocationContext {
  const { inputData, triggerMetadata = {}, invocationId = randomUUID(), retryContext } = input;
  const functionId = fn.metadata.functionId ?? fn.name;
  return {
    invocationId,
    metadata: fn.metadata,
    request: { invocationId, functionId, inputData, triggerMetadata, ...(retryContext && { retryContext }) },
    state: undefined,
    log: (level, category, message) => logEntry(app, fn.name, { ...shared, level: level as LogLevel, category, message }),
  };
}

async function runHooks(
  app: AppRegistry,
  core: CoreInvocationContext,
  name: 'preInvocation' | 'postInvocation',
  context: object,
): Promise<void> {
  const hooks = app.hooks.get(name);
  core.state = `${name}Hooks`;
  if (hooks) for (const hook of hooks) await hook(context);
  core.state = name === 'preInvocation' ? undefined : core.state;
}

async function withTimeout<T>(run: Promise<T>, name: string, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The function timeout of ${timeoutMs} ms was exceeded by function ${name}.`)), timeoutMs);
  });
  try {
    return await Promise.race([run, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
