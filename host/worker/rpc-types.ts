/**
 * The shapes that `@azure/functions` exchanges with its host through the module `@azure/functions-core`.
 * That module is no npm package; the shapes follow the `converters` in the published source of `@azure/functions` 4.
 */

/** A value on its way into or out of a function. At most one property is present. */
export type RpcTypedData = {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: RpcHttpData;
  readonly collectionString?: { readonly string: readonly string[] };
  readonly collectionBytes?: { readonly bytes: readonly Uint8Array[] };
};

/** An HTTP request (into a function) or response (out of it). */
export type RpcHttpData = {
  readonly method?: string;
  readonly url?: string;
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly nullableHeaders?: Readonly<Record<string, { readonly value: string }>>;
  readonly nullableQuery?: Readonly<Record<string, { readonly value: string }>>;
  readonly nullableParams?: Readonly<Record<string, { readonly value: string }>>;
  readonly cookies?: readonly RpcHttpCookie[];
  readonly body?: RpcTypedData | null;
};

/** A cookie of a response (`toRpcHttpCookie.ts`). */
export type RpcHttpCookie = {
  readonly name: string;
  readonly value: string;
  readonly domain?: { readonly value?: string };
  readonly path?: { readonly value?: string };
  readonly expires?: { readonly value?: { readonly seconds?: number | string } };
  readonly secure?: { readonly value?: boolean };
  readonly httpOnly?: { readonly value?: boolean };
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: { readonly value?: number };
};

/** A binding as the app registered it, with whatever properties its type has. */
export type RpcBinding = { readonly type?: string; readonly direction?: string; readonly [property: string]: unknown };

/** A retry policy (`toCoreFunctionMetadata.ts`); durations are rounded to seconds by the library. */
export type RpcRetryOptions = {
  readonly retryStrategy?: string;
  readonly maxRetryCount?: number;
  readonly delayInterval?: { readonly seconds?: number };
  readonly minimumInterval?: { readonly seconds?: number };
  readonly maximumInterval?: { readonly seconds?: number };
};

/** What `registerFunction` receives. */
export type FunctionMetadata = {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, RpcBinding>>;
  readonly retryOptions?: RpcRetryOptions;
};

/** What a handler is told when it is run again after it failed. */
export type RpcRetryContext = {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly exception: { readonly message: string; readonly source: string; readonly stackTrace: string };
};

/** The app's handler. */
export type FunctionCallback = (...args: unknown[]) => unknown;

/** A named input of one invocation. */
export type NamedData = { readonly name: string; readonly data: RpcTypedData };

/** What the host tells the programming model about one invocation. */
export type CoreInvocationContext = {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  readonly request: {
    readonly invocationId: string;
    readonly functionId: string;
    readonly inputData: readonly NamedData[];
    readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
    readonly retryContext?: RpcRetryContext;
  };
  state: 'preInvocationHooks' | 'postInvocationHooks' | 'invocation' | undefined;
  log(level: string, category: string, message: string): void;
};

/** What an invocation gives back. */
export type InvocationResponse = {
  readonly outputData?: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly returnValue?: RpcTypedData | null;
};

/** The part of `@azure/functions` that turns RPC data into the arguments of a handler, and its result back. */
export type InvocationModel = {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<InvocationResponse>;
};

/** What `setProgrammingModel` receives. */
export type ProgrammingModel = {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
};
