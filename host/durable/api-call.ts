import type { HttpExchange } from '../http/http-exchange.ts';
import type { DurableAddress } from './client-urls.ts';
import type { TaskHub } from './task-hub.ts';

/** A request to the durable HTTP API, and what answers it. `address` is where the client reached this host. */
export type ApiCall = { readonly hub: TaskHub; readonly address: DurableAddress; readonly exchange: HttpExchange };
