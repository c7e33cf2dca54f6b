import type { FunctionHandler, TimerHandler } from '@azure/functions';
import type { ActivityHandler, OrchestrationHandler } from 'durable-functions';
import type { Product } from './compose/compose.ts';
import type { Handler } from './http/api-route.ts';

/** Makes the handler of a function for a product. */
type Made<Of> = (product: Product) => Of;

/** A function of the app: its trigger, and what it does. `starts` gives it the client that starts orchestrations. */
export type AppFunction =
  | {
      readonly on: 'http';
      readonly name: string;
      readonly method: 'GET' | 'POST';
      readonly route: string;
      readonly handler: Made<Handler>;
    }
  | {
      readonly on: 'queue';
      readonly name: string;
      readonly queueName: string;
      readonly hasSessions?: true;
      readonly starts?: true;
      readonly handler: Made<FunctionHandler>;
    }
  | {
      readonly on: 'timer';
      readonly name: string;
      readonly schedule: string;
      readonly runOnStartup?: true;
      readonly starts?: true;
      readonly handler: Made<TimerHandler>;
    }
  | { readonly on: 'orchestration'; readonly name: string; readonly handler: OrchestrationHandler }
  /** All activities at once, for they share what keeps them in turn. */
  | { readonly on: 'activities'; readonly handlers: Made<Readonly<Record<string, ActivityHandler>>> };
